import * as z from 'zod/mini'
import { orgInputSchema } from './integrations.ts'
import { checkoutSessionIdSchema } from './provisioning.ts'

export const API_KEY_SCOPES = ['pipelines:run', 'usage:read', 'admin'] as const
export const apiKeyScopeSchema = z.enum(API_KEY_SCOPES)
/** `admin` includes the others. */
export type ApiKeyScope = z.infer<typeof apiKeyScopeSchema>

export const revealInputSchema = z.object({ checkoutSessionId: checkoutSessionIdSchema })

/** `revealed` carries the key; `saved` and `expired` mean that it cannot be shown again. */
export const revealSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('revealed'), apiKey: z.string(), fingerprint: z.string(), expiresAt: z.date() }),
  z.object({ status: z.enum(['saved', 'expired']), prefix: z.string(), fingerprint: z.string() }),
])
export type Reveal = z.infer<typeof revealSchema>

export const apiKeySchema = z.object({
  id: z.uuid(),
  prefix: z.string(),
  fingerprint: z.string(),
  scopes: z.array(apiKeyScopeSchema),
  /** `expiring`: it was rotated, and works until `expiresAt`. */
  status: z.enum(['active', 'expiring', 'expired', 'revoked']),
  createdAt: z.date(),
  /** To the minute. */
  lastUsedAt: z.nullable(z.date()),
  expiresAt: z.nullable(z.date()),
  revokedAt: z.nullable(z.date()),
  /** True while the person who asks can still be shown the key. */
  canReveal: z.boolean(),
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const LONGEST_OVERLAP_DAYS = 7

export const apiKeyInputSchema = z.extend(orgInputSchema, { keyId: z.uuid() })
export const rotateKeyInputSchema = z.extend(orgInputSchema, {
  /** Without it a key is made beside those that there are: nobody is locked out by a key that was lost or revoked. */
  keyId: z.optional(z.uuid()),
  /** For so long the old key works as well; with 0 it stops at once. */
  overlapDays: z.int().check(z.minimum(0), z.maximum(LONGEST_OVERLAP_DAYS)),
})

/** The only answer that carries the new key; it can be shown once more by `revealKey` until it is saved or two hours are over. */
export const rotatedKeySchema = z.object({ apiKey: z.string(), key: apiKeySchema, revealExpiresAt: z.date() })
export type RotatedKey = z.infer<typeof rotatedKeySchema>
