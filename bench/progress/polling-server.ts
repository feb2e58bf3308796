// A peer: a tRPC subscription as most are written, which asks the database every 250 ms whether there is something new.
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '@gangway/db/client'
import { onboardingRuns, onboardingStageEvents } from '@gangway/db/schema'
import { progressInputSchema } from '@gangway/schemas/provisioning'
import { initTRPC, tracked } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { and, asc, eq, gt } from 'drizzle-orm'
import superjson from 'superjson'

const POLL_MS = 250
/** As many as the product's server opens. */
const CONNECTIONS = 20

const { db, close } = connect({ url: process.env['APP_URL'] ?? '', max: CONNECTIONS, name: 'bench-polling' })
const t = initTRPC.create({ transformer: superjson, sse: { ping: { enabled: true, intervalMs: 4000 } } })

const router = t.router({
  progress: t.procedure.input(progressInputSchema).subscription(async function* ({ input, signal }) {
    const [run] = await db.select().from(onboardingRuns).where(eq(onboardingRuns.checkoutSessionId, input.checkoutSessionId))
    let seen = 0
    while (run && !signal?.aborted) {
      for (const event of await eventsAfter(run.id, seen)) {
        yield tracked(String(event.seq), event)
        seen = event.seq
      }
      await delay(POLL_MS, undefined, { signal }).catch(() => {})
    }
  }),
})

function eventsAfter(runId: string, seq: number) {
  const { stage, status, attempt, at, runState, failure } = onboardingStageEvents
  return db
    .select({ seq: onboardingStageEvents.seq, stage, status, attempt, at, runState, failure })
    .from(onboardingStageEvents)
    .where(and(eq(onboardingStageEvents.runId, runId), gt(onboardingStageEvents.seq, seq)))
    .orderBy(asc(onboardingStageEvents.seq))
}

const server = createHTTPServer({
  router,
  basePath: '/trpc/',
  middleware: (request, response, next) => (request.url === '/health/ready' ? response.end('ready') : next()),
})
server.listen(Number(process.env['API_PORT']), '127.0.0.1')

process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close()
  void close()
})
