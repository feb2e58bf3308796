import { BIGQUERY_PATTERNS } from './patterns/bigquery.ts'
import { INPUT_PATTERNS } from './patterns/input.ts'
import { KMS_PATTERNS } from './patterns/kms.ts'
import { NETWORK_PATTERNS } from './patterns/network.ts'
import { OUTGOING_PATTERNS } from './patterns/outgoing.ts'
import type { ErrorPattern } from './patterns/pattern.ts'
import { POSTGRES_PATTERNS } from './patterns/postgres.ts'
import { PROVIDER_PATTERNS } from './patterns/providers.ts'
import { SERVICE_PATTERNS } from './patterns/services.ts'
import { SMTP_PATTERNS } from './patterns/smtp.ts'
import { STRIPE_PATTERNS } from './patterns/stripe.ts'

/**
 * What a failure means, by its code and reason, and so whether a retry can help. Read from top to bottom: the first that
 * fits wins, so what knows more about an error stands before what knows less.
 */
export const PATTERNS: readonly ErrorPattern[] = [
  ...POSTGRES_PATTERNS,
  ...KMS_PATTERNS,
  ...SMTP_PATTERNS,
  ...STRIPE_PATTERNS,
  ...NETWORK_PATTERNS,
  ...OUTGOING_PATTERNS,
  ...INPUT_PATTERNS,
  ...PROVIDER_PATTERNS,
  ...BIGQUERY_PATTERNS,
  ...SERVICE_PATTERNS,
]
