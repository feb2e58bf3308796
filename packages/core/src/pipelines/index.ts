export { decimalText } from './decimal.ts'
