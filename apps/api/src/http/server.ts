import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import Fastify, { type FastifyInstance } from 'fastify'
import { isOwnOrigin } from '../auth/origins.ts'
import type { Composition } from '../compose.ts'
import { restRoutes } from '../rest/plugin.ts'
import { type AppRouter, appRouter } from '../routers/app-router.ts'
import { reportProblem } from '../trpc/problem.ts'
import { authRoutes } from './auth-routes.ts'
import { answerErrors } from './errors.ts'
import { exportRoutes } from './exports.ts'
import { healthRoutes } from './health.ts'
import { serveMetrics } from './metrics.ts'
import { once } from './once.ts'
import { guardOrigin, securityHeaders } from './security.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { telemetryRoutes } from './telemetry.ts'
import { unsubscribeRoutes } from './unsubscribe.ts'
import { webhookRoutes } from './webhooks.ts'

/** A save with every field at its limit stays below; a 2 MB answer does not. */
const BODY_LIMIT = 512 * 1024
const REQUESTS_PER_MINUTE = 1200

/** The HTTP face of the product: tRPC, REST, sessions, webhooks, health, metrics. The limit is for each address. */
export async function buildServer(
  composition: Composition,
  { requestsPerMinute = REQUESTS_PER_MINUTE }: { requestsPerMinute?: number } = {},
): Promise<FastifyInstance> {
  const { contexts, auth, viewers, config } = composition
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    routerOptions: { maxParamLength: 5000 },
    forceCloseConnections: true,
  })
  answerErrors(server, contexts.base)
  securityHeaders(server)
  guardOrigin(server, config)
  await server.register(cors, {
    delegator: (request, done) => {
      const { origin, host } = request.headers
      done(null, { origin: origin !== undefined && isOwnOrigin(config, origin, host), credentials: true, maxAge: 600 })
    },
  })
  await server.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' })
  serveMetrics(server, composition)
  await server.register(healthRoutes, { composition })
  await server.register(authRoutes, { auth, viewers })
  await server.register(restRoutes, { composition })
  await server.register(exportRoutes, { composition })
  await server.register(webhookRoutes, { contexts })
  await server.register(unsubscribeRoutes, { contexts })
  await server.register(telemetryRoutes, { contexts, auth })
  await server.register(subscriptionRoutes, { contexts, viewers })
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    maxBatchSize: 20,
    onError: ({ error, path }) => reportProblem(contexts.base.log, error, { path }),
    createContext: ({ req }) => ({ contexts, viewer: once(() => viewers.find(req.headers)) }),
  }
  await server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions })
  return server
}
