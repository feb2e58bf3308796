import { z } from 'zod'

export const recordPipelineJob = {
  name: 'pipelines.record',
  schema: z.object({ runId: z.uuid() }),
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
