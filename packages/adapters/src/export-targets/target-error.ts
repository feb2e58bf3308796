import { GangwayError } from '@gangway/core/errors'

/** Of the file system and of Cloud Storage: what no repeat mends. https://cloud.google.com/storage/docs/json_api/v1/status-codes */
const DENIED = new Set<unknown>([
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ENOTDIR',
  'EPERM',
  'EROFS',
  400,
  401,
  403,
  404,
  '400',
  '401',
  '403',
  '404',
])

/** Why a file could not be left. What came from the content itself stays what it is. */
export function targetError(error: unknown): GangwayError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return new GangwayError('STORAGE_FULL', { cause: error })
  return new GangwayError(DENIED.has(code) ? 'EXPORT_TARGET_DENIED' : 'EXPORT_TARGET_UNAVAILABLE', { cause: error })
}
