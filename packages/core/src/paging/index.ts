export { countUpTo, EXACT_COUNT } from './count-up-to.ts'
export { keysetCursor } from './cursor.ts'
export { assertWindow, containing } from './filters.ts'
export { microsOf, newestFirst, newestOrder, olderThan, type Position } from './newest-first.ts'
