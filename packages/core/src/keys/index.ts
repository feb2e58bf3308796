export { generateApiKey, hashApiKey, isWellFormed, type NewApiKey } from './api-key.ts'
export { markSaved, reveal, type RevealInput } from './reveal.ts'
