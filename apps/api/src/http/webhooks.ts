import { SIGNATURE_HEADER as SANDBOX_SIGNATURE_HEADER } from '@gangway/adapters/sandbox-billing'
import { STRIPE_SIGNATURE_HEADER } from '@gangway/adapters/stripe'
import { receiveBillingEvent } from '@gangway/core/checkout'
import { GangwayError } from '@gangway/core/errors'
import type { FastifyInstance } from 'fastify'
import type { Contexts } from '../compose.ts'

/** Where each provider puts its signature. */
const SIGNATURE_HEADERS = { sandbox: SANDBOX_SIGNATURE_HEADER, stripe: STRIPE_SIGNATURE_HEADER } as const

/** All of a provider's events come from a few addresses, and those that are refused come back. */
const EVENTS_PER_MINUTE = 30_000

/**
 * One address for each provider; only that of the provider in use is there. The signature is over the raw body, so nothing
 * may parse it first.
 */
export async function webhookRoutes(
  server: FastifyInstance,
  { contexts }: { contexts: Pick<Contexts, 'provisioning'> },
): Promise<void> {
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const config = { rateLimit: { max: EVENTS_PER_MINUTE, timeWindow: '1 minute' } }
  for (const [provider, header] of Object.entries(SIGNATURE_HEADERS)) {
    server.post(`/api/webhooks/${provider}`, { config }, async (request) => {
      if (contexts.provisioning.billing.provider !== provider) throw new GangwayError('NOT_FOUND')
      const signature = request.headers[header]
      if (typeof signature !== 'string' || typeof request.body !== 'string') throw new GangwayError('WEBHOOK_SIGNATURE_INVALID')
      return { received: await receiveBillingEvent(contexts.provisioning, { rawBody: request.body, signature }) }
    })
  }
}
