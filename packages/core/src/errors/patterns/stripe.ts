import type { ErrorCode } from '../codes.ts'
import { type ErrorPattern, number, text } from './pattern.ts'

interface Told {
  /** The SDK's name for the kind of failure: `StripeCardError`. */
  type?: string
  /** https://docs.stripe.com/error-codes */
  code?: string
  /** More that has to be so. */
  also?: (error: Error) => boolean
}

function stripe(name: string, { type, code, also = () => true }: Told, meaning: ErrorCode): ErrorPattern {
  return {
    name: `Stripe: ${name}`,
    code: meaning,
    matches: (error) =>
      (type === undefined ? text(error, 'type').startsWith('Stripe') : text(error, 'type') === type) &&
      (code === undefined || text(error, 'code') === code) &&
      also(error),
  }
}

/** The SDK puts what the network said beside its error, and not under it as the cause. */
function hasTimedOut(error: Error): boolean {
  const detail: unknown = Reflect.get(error, 'detail')
  return detail instanceof Error && text(detail, 'code') === 'ETIMEDOUT'
}

/** A refusal has a status; a page of somebody on the way has none, and no `type` of Stripe's. */
function isNoAnswerOfStripe(error: Error): boolean {
  return number(error, 'statusCode') === undefined && text(error, 'rawType') === ''
}

/** By the type and code that Stripe's SDK gives. What passes by itself says so, and everything else is for us to mend. */
export const STRIPE_PATTERNS: readonly ErrorPattern[] = [
  stripe('signature does not fit', { type: 'StripeSignatureVerificationError' }, 'WEBHOOK_SIGNATURE_INVALID'),
  stripe('card declined', { type: 'StripeCardError' }, 'PAYMENT_DECLINED'),
  stripe('object in use', { code: 'lock_timeout' }, 'BILLING_UNAVAILABLE'),
  stripe('too many requests', { type: 'StripeRateLimitError' }, 'RATE_LIMITED'),
  stripe('idempotency key at work', { code: 'idempotency_key_in_use' }, 'BILLING_UNAVAILABLE'),
  stripe('idempotency key used for something else', { type: 'StripeIdempotencyError' }, 'BILLING_REJECTED'),
  stripe('key not accepted', { type: 'StripeAuthenticationError' }, 'BILLING_REJECTED'),
  stripe('key may not do this', { type: 'StripePermissionError' }, 'BILLING_REJECTED'),
  stripe('no such object', { type: 'StripeInvalidRequestError', code: 'resource_missing' }, 'BILLING_REJECTED'),
  stripe('request not accepted', { type: 'StripeInvalidRequestError' }, 'BILLING_REJECTED'),
  stripe('no answer in time', { type: 'StripeConnectionError', also: hasTimedOut }, 'BILLING_UNAVAILABLE'),
  stripe('connection failed', { type: 'StripeConnectionError' }, 'BILLING_UNAVAILABLE'),
  stripe('page of a proxy', { type: 'StripeAPIError', also: isNoAnswerOfStripe }, 'BILLING_UNAVAILABLE'),
  stripe('failure on their side', { type: 'StripeAPIError' }, 'BILLING_UNAVAILABLE'),
]
