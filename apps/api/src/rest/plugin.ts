import type { FastifyInstance } from 'fastify'
import type { Composition } from '../compose.ts'
import { docsRoutes } from './docs/plugin.ts'
import { identifyBy } from './identify.ts'
import { openLimits } from './limits.ts'
import { REST_ROUTES } from './routes/index.ts'

/** The calls for scripts and other languages, and their description. What fails is answered by the server's error handler. */
export async function restRoutes(server: FastifyInstance, { composition }: { composition: Composition }): Promise<void> {
  const identify = identifyBy(composition, openLimits(server))
  for (const route of REST_ROUTES) {
    server.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async handler(request, reply) {
        const { params, query, body } = request
        reply.header('cache-control', 'no-store')
        return reply.send(await route.perform(composition.contexts, identify(request), { params, query, body }))
      },
    })
  }
  await server.register(docsRoutes)
}
