import { z } from 'zod'

export const runPipelineJob = {
  name: 'pipelines.run',
  schema: z.object({ runId: z.uuid() }),
  // A worker that dies with a run is noticed by the sweep long before the queue gives the job up.
  queue: { retryLimit: 5, retryDelay: 60, retryBackoff: true, retryDelayMax: 600 },
} as const
