import { isMigrated } from '@gangway/db/migration-state'
import type { Readiness } from '@gangway/schemas/rest/health'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Composition } from '../compose.ts'

/** Whoever asks does not wait longer than this for an answer. */
const PATIENCE_MS = 3000

/** `live`: the process answers. `ready`: so does what it needs; a balancer sends nothing to a process that is not. */
export async function healthRoutes(server: FastifyInstance, { composition }: { composition: Composition }): Promise<void> {
  server.get('/health/live', async () => ({ status: 'live' }))
  server.get('/health/ready', async (_request, reply) => {
    const readiness = await readReadiness(composition)
    return reply.status(readiness.status === 'ready' ? 200 : 503).send(readiness)
  })
}

async function readReadiness(composition: Composition): Promise<Readiness> {
  const { db } = composition.contexts.base
  const [database, migrations, queue] = await Promise.all([
    isOk(composition, async () => (await db.execute(sql`select 1`)).length === 1),
    isOk(composition, () => isMigrated(db)),
    isOk(composition, async () => (await composition.queue.boss.getQueues()).length > 0),
  ])
  const ready = database && migrations && queue
  const word = (ok: boolean) => (ok ? 'ok' : 'failed')
  return {
    status: ready ? 'ready' : 'not_ready',
    checks: { database: word(database), migrations: word(migrations), queue: word(queue) },
  }
}

async function isOk({ contexts, log }: Composition, check: () => Promise<boolean>): Promise<boolean> {
  const answered = new AbortController()
  const late = contexts.base.clock.sleep(PATIENCE_MS, answered.signal).then(() => false)
  const asked = check().catch((err: unknown) => {
    log.warn({ err }, 'not ready')
    return false
  })
  const ok = await Promise.race([asked, late])
  answered.abort()
  return ok
}
