export { countUpTo, EXACT_COUNT } from './count-up-to.ts'
export { keysetCursor } from './cursor.ts'
export { assertWindow, containing } from './filters.ts'
export {
  betweenTimes,
  microsOf,
  newerThan,
  newestFirst,
  newestOrder,
  notNewerThan,
  olderThan,
  oldestOrder,
  type Position,
  positionSchema,
} from './newest-first.ts'
export { signCursor, verifyCursor } from './sign-cursor.ts'
export { snapshotWithinTime, withinTime } from './within-time.ts'
