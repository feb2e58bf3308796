import type Stripe from 'stripe'
import type { Pace } from './pace.ts'

/** Ids in addresses: `cs_test_a1`, `sub_1`. */
const ID = /\/(?:cs|sub|in|inpay|pi|ch|re|price|evt|cus)_\w+/g
const PAUSE_MS = 1000

/**
 * The SDK's own client, with two differences. Requests keep to Stripe's limits, and to its `Retry-After`. And a connection
 * that was cut is reported: the SDK repeats after those even when it is told not to, and hides the first failure.
 */
export function pacedHttpClient(inner: Stripe.HttpClient, pace: Pace): Stripe.HttpClient {
  return {
    getClientName: () => inner.getClientName(),
    async makeRequest(...request) {
      const [, , path, method] = request
      const endpoint = `${method} ${path.replace(/\?.*/, '').replace(ID, '/:id')}`
      await pace.turn(endpoint)
      const response = await inner.makeRequest(...request).catch(reportCut)
      if (response.getStatusCode() === 429) pace.holdBack(endpoint, retryAfterMs(response.getHeaders()))
      return response
    },
  }
}

function reportCut(error: unknown): never {
  const isCut = error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
  throw isCut ? new Error(error.message, { cause: error }) : error
}

function retryAfterMs(headers: Record<string, unknown>): number {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : PAUSE_MS
}
