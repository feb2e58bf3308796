import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Composition } from '../compose.ts'

/** `live`: the process answers. `ready`: so does its database. */
export async function healthRoutes(server: FastifyInstance, { composition }: { composition: Composition }): Promise<void> {
  server.get('/health/live', async () => ({ status: 'live' }))
  server.get('/health/ready', async () => {
    await composition.contexts.base.db.execute(sql`select 1`)
    return { status: 'ready' }
  })
}
