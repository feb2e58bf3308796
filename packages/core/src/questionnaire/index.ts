export { canonicalJson } from './canonical.ts'
export { complete } from './complete.ts'
export { getOrCreateSession } from './get-or-create-session.ts'
export { save } from './save.ts'
