import { z } from 'zod'

export const aggregateAnswersJob = {
  name: 'answers.aggregate',
  schema: z.object({ sessionId: z.uuid() }),
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
  /** Snapshots that are written by one statement: more of them hardly make it cheaper, and each waits for all. */
  atOnce: 200,
} as const
