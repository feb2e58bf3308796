import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEmbeddedPostgres } from '@gangway/db/embedded'
import { startFakeBigQuery } from './start-fake-bigquery.ts'

/** Plays BigQuery until Ctrl-C, over the Postgres that is named, or one of its own: `node main.ts --port 4200`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4200' },
    project: { type: 'string', default: 'gangway-fake' },
    'postgres-url': { type: 'string' },
  },
})

async function startPostgres() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'fake-bigquery-'))
  const password = randomBytes(12).toString('hex')
  const { superuserUrl, stop } = await startEmbeddedPostgres({ dataDir, password, disposable: true })
  return {
    url: superuserUrl,
    async stop() {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

// Listened for before anything is started: a Postgres that nobody stops lives on.
const ended = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
})
const postgres = values['postgres-url'] === undefined ? await startPostgres() : undefined
const postgresUrl = values['postgres-url'] ?? postgres?.url ?? ''
const clock = { now: () => new Date(), sleep: (ms: number) => sleep(ms) }
const fake = await startFakeBigQuery({ projectId: values.project, postgresUrl, clock, port: Number(values.port) })
process.stdout.write(`BIGQUERY_PROJECT_ID=${values.project}\nBIGQUERY_API_ENDPOINT=${fake.url}\n`)

await ended
await fake.close()
await postgres?.stop()
process.exit(0)
