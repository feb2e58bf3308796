import { createHmac, timingSafeEqual } from 'node:crypto'
import { GangwayError } from '@gangway/core/errors'

/** Carries `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, as Stripe does. https://docs.stripe.com/webhooks#verify-manually */
export const SIGNATURE_HEADER = 'x-gangway-signature'

const TOLERANCE_S = 300

export interface SignedRequest {
  secret: string
  rawBody: string
  now: Date
}

export function signBody({ secret, rawBody, now }: SignedRequest): string {
  const at = unixSeconds(now)
  return `t=${at},v1=${digest(secret, at, rawBody)}`
}

/** Throws WEBHOOK_SIGNATURE_INVALID unless one of the signatures fits the body and is at most 300 s away from now. */
export function verifySignature({ secret, rawBody, now }: SignedRequest, header: string): void {
  const fields = header.split(',').map((field) => field.trim().split('='))
  const at = Number(fields.find(([name]) => name === 't')?.[1])
  const isFresh = Math.abs(unixSeconds(now) - at) <= TOLERANCE_S
  const expected = Buffer.from(digest(secret, at, rawBody))
  const fits = fields.some(([name, value]) => name === 'v1' && value !== undefined && isEqual(Buffer.from(value), expected))
  if (!isFresh || !fits) throw new GangwayError('WEBHOOK_SIGNATURE_INVALID')
}

function unixSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

function digest(secret: string, at: number, rawBody: string): string {
  return createHmac('sha256', secret).update(`${at}.${rawBody}`).digest('hex')
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
