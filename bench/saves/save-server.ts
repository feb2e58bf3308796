// The product's own server, with one route more: the floor. Tells its parent what it has used of the processor.
import { compose } from '@gangway/api/compose'
import { loadConfig } from '@gangway/api/config'
import { buildServer } from '@gangway/api/http'
import { openLog } from '@gangway/api/log'
import { openSql } from '@gangway/db/client'
import { startProfile } from '../profile.ts'

const url = process.env['APP_URL'] ?? ''
const config = loadConfig()
const log = openLog(config.logLevel, 'bench-saves')
const composition = await compose({ config, log, ownerUrl: process.env['DATABASE_URL'] ?? '', part: 'app' })
// Everybody comes from one address here.
const server = await buildServer(composition, { requestsPerMinute: Number.MAX_SAFE_INTEGER })
const sql = openSql({ url, name: 'bench-saves-floor', max: 20 })

interface FloorSave {
  id: string
  revision: number
  answers: Record<string, Record<string, string>>
}

server.post<{ Body: FloorSave }>('/floor', async ({ body: { id, revision, answers } }, reply) => {
  const [row] = await sql<{ revision: number }[]>`
    update onboarding_sessions set answers = ${sql.json(answers)}, revision = revision + 1, updated_at = now()
    where id = ${id} and revision = ${revision} returning revision`
  if (!row) return reply.code(409).send({})
  return { revision: row.revision }
})

await server.listen({ port: config.ports.api.number, host: config.host })

type Order = { kind: 'cpu' } | { kind: 'profile'; file: string } | { kind: 'stop'; count: number }

let profile: Awaited<ReturnType<typeof startProfile>> | undefined
process.on('message', (order: Order) => void obey(order))
process.once('SIGTERM', () => void close())
// It must not outlive whoever measures it.
process.once('disconnect', () => process.exit())

async function obey(order: Order): Promise<void> {
  if (order.kind === 'profile') profile = await startProfile(order.file)
  if (order.kind === 'stop') await profile?.stop(order.count)
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000 })
}

async function close(): Promise<void> {
  await server.close()
  await sql.end({ timeout: 1 })
  await composition.close()
  process.disconnect()
}
