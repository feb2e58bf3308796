export { classify, type Classified, patternOf } from './classify.ts'
export { PATTERNS } from './catalogue.ts'
export { PROVIDER_PATTERNS } from './patterns/providers.ts'
export type { ErrorPattern } from './patterns/pattern.ts'
export {
  codeNamed,
  describeCode,
  type ErrorCode,
  type ErrorDescription,
  ERRORS,
  type ErrorStatus,
  type RetryClass,
} from './codes.ts'
export { GangwayError } from './gangway-error.ts'
