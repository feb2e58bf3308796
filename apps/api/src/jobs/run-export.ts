import { z } from 'zod'

export const runExportJob = {
  name: 'exports.run',
  schema: z.object({ exportId: z.uuid() }),
  // A worker that dies with an export is noticed by its heartbeat; the next one goes on where it was.
  queue: {
    retryLimit: 20,
    retryDelay: 30,
    retryBackoff: true,
    retryDelayMax: 600,
    expireInSeconds: 6 * 60 * 60,
    heartbeatSeconds: 30,
  },
} as const
