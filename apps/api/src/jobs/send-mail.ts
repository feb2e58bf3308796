import { z } from 'zod'

export const sendMailJob = {
  name: 'notifications.send-mail',
  schema: z.object({
    ...{ dedupeKey: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() },
    unsubscribeUrl: z.url().optional(),
  }),
  // Done jobs keep what they were told, and mails can hold links that let people in.
  queue: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600, deleteAfterSeconds: 600 },
} as const
