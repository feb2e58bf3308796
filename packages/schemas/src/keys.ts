import { z } from 'zod'
import { checkoutSessionIdSchema } from './provisioning.ts'

export const revealInputSchema = z.object({ checkoutSessionId: checkoutSessionIdSchema })

/** `revealed` carries the key; `saved` and `expired` mean that it cannot be shown again. */
export const revealSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('revealed'), apiKey: z.string(), fingerprint: z.string(), expiresAt: z.date() }),
  z.object({ status: z.enum(['saved', 'expired']), prefix: z.string(), fingerprint: z.string() }),
])
export type Reveal = z.infer<typeof revealSchema>
