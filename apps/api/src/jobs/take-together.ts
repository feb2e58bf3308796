import type { JobName } from '@gangway/core/ports'
import type { JobResult } from 'pg-boss'
import type { z } from 'zod'
import type { Composition } from '../compose.ts'

/** Does many jobs at once. Answers what went wrong with each, in their order; undefined where nothing did. */
export type HandlerOfMany<Schema extends z.ZodType> = (payloads: z.output<Schema>[]) => Promise<readonly unknown[]>

interface Job<Schema extends z.ZodType> {
  name: JobName
  schema: Schema
  /** How many are fetched, and handled, at once. */
  atOnce: number
}

/**
 * How every queue is looked at. NOTIFY wakes for what is new; what a full group has put back wakes nobody, and is found by
 * whoever looks next.
 */
export const LOOKING = {
  ...{ pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 },
  ...{ burstWhenBatchFull: true, perJobResults: true, localConcurrency: 2 },
} as const

/** For jobs that cost little by themselves, and less together. Those that went wrong are tried again; the others are done. */
export async function takeTogether<Schema extends z.ZodType>(
  { queue, log }: Pick<Composition, 'queue' | 'log'>,
  { name, schema, atOnce }: Job<Schema>,
  handle: HandlerOfMany<Schema>,
): Promise<void> {
  await queue.boss.work(name, { ...LOOKING, batchSize: atOnce }, async (jobs) => {
    const parsed = jobs.map(({ id, data }) => ({ id, ...schema.safeParse(data) }))
    const sound = parsed.filter((job) => job.success)
    const outcomes = await handle(sound.map((job) => job.data)).catch((error: unknown) => sound.map(() => error))
    const failed = new Map<string, unknown>(parsed.flatMap((job) => (job.success ? [] : [[job.id, job.error]])))
    for (const [index, error] of outcomes.entries()) if (error !== undefined) failed.set(sound[index]?.id ?? '', error)
    return jobs.map(({ id }): JobResult => {
      if (!failed.has(id)) return { id, status: 'completed' }
      const err = failed.get(id)
      log.error({ err, job: name, jobId: id }, 'job failed')
      return { id, status: 'failed', output: { message: err instanceof Error ? err.message : String(err) } }
    })
  })
}
