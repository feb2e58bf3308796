import type { Jobs } from '@gangway/core/ports'
import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { systemClock } from '../system.ts'
import { JOBS } from './registry.ts'

/** How long jobs that were taken may go on when the process closes. */
const PATIENCE_MS = 10_000

export interface JobQueue {
  jobs: Jobs
  boss: PgBoss
  /** Takes no more jobs, and waits a while for those that were taken. What they still enqueue goes in. */
  rest(): Promise<void>
  close(): Promise<void>
}

/** The schema is installed by the migrations: this role could not change it. */
export async function openJobQueue({ url, part, log }: { url: string; part: 'app' | 'worker'; log: Logger }): Promise<JobQueue> {
  const works = part === 'worker'
  const boss = new PgBoss({
    connectionString: url,
    application_name: `gangway-${part}-jobs`,
    max: works ? 6 : 2,
    migrate: false,
    createSchema: false,
    supervise: works,
    schedule: works,
    reindex: false,
    useListenNotify: works,
  })
  boss.on('error', (err) => log.error({ err }, 'job queue'))
  await boss.start()
  for (const { name, queue } of Object.values(JOBS)) await boss.createQueue(name, { notify: true, ...queue })
  return {
    boss,
    jobs: {
      async enqueue(tx, name, ...[payload, options]) {
        await boss.send(name, payload, {
          db: fromDrizzle(tx, sql),
          ...(options?.startAfter && { startAfter: options.startAfter }),
          ...(options?.group && { group: { id: options.group } }),
        })
      },
      async enqueueAll(tx, jobs) {
        for (const [name, group] of Map.groupBy(jobs, (job) => job.name)) {
          const rows = group.map(({ payload, group: id }) => ({ data: payload, ...(id && { group: { id } }) }))
          await boss.insert(name, rows, { db: fromDrizzle(tx, sql) })
        }
      },
    },
    async rest() {
      const over = new AbortController()
      const resting = Promise.all(Object.keys(JOBS).map((name) => boss.offWork(name, { wait: true })))
      await Promise.race([resting, systemClock.sleep(PATIENCE_MS, over.signal)])
      over.abort()
    },
    close: () => boss.stop({ graceful: true, timeout: PATIENCE_MS }),
  }
}
