import { z } from 'zod'

export const mirrorIntegrationJob = {
  name: 'integrations.mirror',
  schema: z.object({
    ...{ integrationId: z.uuid(), orgSlug: z.string(), provider: z.string(), lastFour: z.string() },
    status: z.enum(['HEALTHY', 'REJECTED', 'UNREACHABLE', 'REMOVED']),
    errorCode: z.string().nullable(),
    checkedAt: z.iso.datetime(),
    recordedAt: z.iso.datetime(),
  }),
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
} as const
