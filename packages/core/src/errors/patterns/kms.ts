import type { ErrorCode } from '../codes.ts'
import { type ErrorPattern, number } from './pattern.ts'

/** By the status of gRPC, which Google's SDK for Cloud KMS gives over REST as well. https://grpc.io/docs/guides/status-codes */
function kms(name: string, statuses: readonly number[], code: ErrorCode): ErrorPattern {
  return { name, code, matches: (error) => isGoogleRpc(error) && statuses.includes(number(error, 'code') ?? -1) }
}

/** Other errors have small numbers for codes, too; only these carry details of a status. */
function isGoogleRpc(error: Error): boolean {
  return 'statusDetails' in error && 'errorInfoMetadata' in error
}

/** What the SDK of Cloud KMS throws. */
export const KMS_PATTERNS: readonly ErrorPattern[] = [
  kms('key vault: credentials missing or expired', [16], 'VAULT_DENIED'),
  kms('key vault: permission denied', [7], 'VAULT_DENIED'),
  kms('key vault: no such key', [5], 'VAULT_KEY_UNUSABLE'),
  kms('key vault: request not understood', [3, 11, 12], 'VAULT_KEY_UNUSABLE'),
  kms('key vault: key version disabled or destroyed', [9], 'VAULT_KEY_UNUSABLE'),
  kms('key vault: quota used up', [8], 'VAULT_UNAVAILABLE'),
  kms('key vault: no answer in time', [1, 4], 'VAULT_UNAVAILABLE'),
  kms('key vault: not reachable', [14], 'VAULT_UNAVAILABLE'),
  kms('key vault: failed inside', [2, 10, 13, 15], 'VAULT_UNAVAILABLE'),
]
