import { z } from 'zod'

export const aggregateAnswersJob = {
  name: 'answers.aggregate',
  schema: z.object({ sessionId: z.uuid() }),
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
