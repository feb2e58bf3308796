export { classify, type Classified } from './classify.ts'
export { type ErrorPattern, PATTERNS } from './catalogue.ts'
export { describeCode, type ErrorCode, type ErrorDescription, ERRORS, type ErrorStatus, type RetryClass } from './codes.ts'
export { GangwayError } from './gangway-error.ts'
