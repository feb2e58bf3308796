import { receiveBillingEvent } from '@gangway/core/checkout'
import { GangwayError } from '@gangway/core/errors'
import type { FastifyInstance } from 'fastify'
import type { Contexts } from '../compose.ts'

/** The signature is over the raw body, so nothing may parse it first. */
export async function webhookRoutes(server: FastifyInstance, { contexts }: { contexts: Contexts }): Promise<void> {
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.post('/api/webhooks/sandbox', async (request) => {
    const signature = request.headers['x-gangway-signature']
    if (typeof signature !== 'string' || typeof request.body !== 'string') throw new GangwayError('WEBHOOK_SIGNATURE_INVALID')
    return { received: await receiveBillingEvent(contexts.provisioning, { rawBody: request.body, signature }) }
  })
}
