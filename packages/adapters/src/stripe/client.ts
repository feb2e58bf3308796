import type { Clock } from '@gangway/core/ports'
import Stripe from 'stripe'
import { createPace } from './pace.ts'
import { pacedHttpClient } from './paced-http-client.ts'

/** The version that this code was written for. A new SDK does not compile until somebody has looked at what has changed. */
export const API_VERSION = '2026-10-28.endive' satisfies Stripe.LatestApiVersion

export interface StripeClientOptions {
  secretKey: string
  clock: Clock
  /** Where Stripe is, where it is not at its usual address: `http://127.0.0.1:4242`. */
  apiBase?: string | undefined
  /** For one answer, in milliseconds. */
  timeoutMs?: number | undefined
}

/** Repeats nothing by itself: whoever asks decides whether to ask again, and when. */
export function openStripe({ secretKey, clock, apiBase, timeoutMs = 20_000 }: StripeClientOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion: API_VERSION,
    httpClient: pacedHttpClient(Stripe.createNodeHttpClient(), createPace(clock)),
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    ...(apiBase !== undefined && addressOf(apiBase)),
  })
}

function addressOf(apiBase: string): { protocol: 'http' | 'https'; host: string; port: string } {
  const { protocol, hostname, port } = new URL(apiBase)
  const isPlain = protocol === 'http:'
  return { protocol: isPlain ? 'http' : 'https', host: hostname, port: port || (isPlain ? '80' : '443') }
}
