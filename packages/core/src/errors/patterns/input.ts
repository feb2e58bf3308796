import { byCode, type ErrorPattern } from './pattern.ts'

/** What we were sent. */
export const INPUT_PATTERNS: readonly ErrorPattern[] = [
  byCode('request body too large', ['FST_ERR_CTP_BODY_TOO_LARGE'], 'PAYLOAD_TOO_LARGE'),
  byCode(
    'request not JSON',
    ['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'FST_ERR_CTP_EMPTY_JSON_BODY'],
    'REQUEST_MALFORMED',
  ),
  {
    name: 'input does not fit its schema',
    code: 'INPUT_INVALID',
    matches: (error) => error.name === 'ZodError' || error.name === '$ZodError',
  },
]
