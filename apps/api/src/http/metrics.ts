import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Composition } from '../compose.ts'
import { watchDatabase } from './metrics-of-database.ts'

/** Whoever asks often does not ask the database more often than this. */
const ASK_EVERY_MS = 5000

/** What this process sees, and what all of them have written into the database, in the form that Prometheus reads. */
export function serveMetrics(server: FastifyInstance, composition: Composition): void {
  const { clock } = composition.contexts.base
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  countStreams(server, registry)
  timeRequests(server, registry)
  const readDatabase = watchDatabase(composition, registry)

  let last: { at: number; read: Promise<void> } | undefined
  server.get('/metrics', async (_request, reply) => {
    const now = clock.now().getTime()
    if (!last || now - last.at > ASK_EVERY_MS) last = { at: now, read: readDatabase() }
    await last.read
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function countStreams(server: FastifyInstance, registry: Registry): void {
  const name = 'gangway_sse_connections'
  const streams = new Gauge({ name, help: 'Streams of server-sent events that this process serves.', registers: [registry] })
  server.addHook('preHandler', async (request, reply) => {
    if (!request.routeOptions.config.isStream) return
    streams.inc()
    reply.raw.once('close', () => streams.dec())
  })
}

function timeRequests(server: FastifyInstance, registry: Registry): void {
  const requests = new Histogram({
    name: 'gangway_http_request_seconds',
    help: 'Requests that this process has answered, streams left out.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  })
  server.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config.isStream) return
    // The pattern and not the address: that one has ids in it, and any number of values.
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }
    requests.observe(labels, reply.elapsedTime / 1000)
  })
}
