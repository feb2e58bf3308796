import { randomUUID } from 'node:crypto'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { PgBoss } from 'pg-boss'
import type { OpenContender } from './contender.ts'

/** As many as the product gets. */
const CONNECTIONS = 20

/**
 * Several jobs at a time, and the next ones at once while there are more: a worker that takes one by one waits for the
 * next NOTIFY or the next poll, and leaves the others where they are.
 */
const FETCHING = { batchSize: 32, burstWhenBatchFull: true, localConcurrency: 1, pollingIntervalSeconds: 2 }

interface Payload {
  runId: string
}

/** A peer: five jobs, each of which enqueues the next; the queue as the product configures it, woken by NOTIFY. */
export const openPgBoss: OpenContender = async ({ url }) => {
  const boss = new PgBoss({
    ...{ connectionString: url, application_name: 'bench-pg-boss', max: CONNECTIONS, migrate: false, createSchema: false },
    ...{ reindex: false, useListenNotify: true },
  })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  const waiting = new Map<string, () => void>()
  for (const [index, name] of STAGE_IDS.entries()) {
    await boss.createQueue(name, { notify: true, retryLimit: 10, retryDelay: 2, retryBackoff: true })
    const next = STAGE_IDS[index + 1]
    await boss.work<Payload>(name, FETCHING, async (jobs) => {
      if (next) await Promise.all(jobs.map(({ data }) => boss.send(next, data)))
      else for (const { data } of jobs) waiting.get(data.runId)?.()
    })
  }
  return {
    async run() {
      const runId = randomUUID()
      const ended = new Promise<void>((resolve) => waiting.set(runId, resolve))
      await boss.send(STAGE_IDS[0], { runId })
      await ended
      waiting.delete(runId)
    },
    close: () => boss.stop({ graceful: false }),
  }
}
