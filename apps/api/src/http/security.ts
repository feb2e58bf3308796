import { GangwayError } from '@gangway/core/errors'
import type { FastifyInstance } from 'fastify'
import { isOwnOrigin } from '../auth/origins.ts'
import type { Config } from '../config/config.ts'

export function securityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    if (_request.method === 'POST') reply.header('cache-control', 'no-store')
  })
}

const WITHOUT_EFFECT = new Set(['GET', 'HEAD', 'OPTIONS'])
const JSON_BODY = /^application\/json\b/i
const NOT_JSON = { fields: [{ path: 'content-type', message: 'Send application/json.' }] }

/** Cookies travel with every request of a browser: what has an effect must come from our own pages, as JSON. */
export function guardOrigin(server: FastifyInstance, config: Config): void {
  server.addHook('onRequest', async (request) => {
    if (WITHOUT_EFFECT.has(request.method) || request.routeOptions.config?.withoutCookies) return
    const { origin, host, 'sec-fetch-site': site, 'content-type': type } = request.headers
    if (origin !== undefined && !isOwnOrigin(config, origin, host)) throw new GangwayError('FORBIDDEN')
    if (site === 'cross-site') throw new GangwayError('FORBIDDEN')
    if (type !== undefined && !JSON_BODY.test(type)) throw new GangwayError('REQUEST_MALFORMED', { details: NOT_JSON })
  })
}
