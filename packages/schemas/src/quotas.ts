import * as z from 'zod/mini'
import { planIdSchema } from './plans.ts'

/** What a plan limits: starts per UTC day, per UTC month, and runs at the same time. */
export const QUOTA_KINDS = ['day', 'month', 'at_once'] as const
export const quotaKindSchema = z.enum(QUOTA_KINDS)
export type QuotaKind = z.infer<typeof quotaKindSchema>

const usageSchema = z.object({
  limit: z.int(),
  used: z.int(),
  /** Midnight or the first of the month, UTC; for `at_once` the latest time at which a place is free, null while one is. */
  resetsAt: z.nullable(z.date()),
})

export const quotaSchema = z.object({
  plan: planIdSchema,
  day: usageSchema,
  month: usageSchema,
  atOnce: usageSchema,
})
export type Quota = z.infer<typeof quotaSchema>

/** The details of QUOTA_EXCEEDED. */
export const quotaExceededSchema = z.object({
  quota: quotaKindSchema,
  limit: z.int(),
  used: z.int(),
  resetsAt: z.date(),
})
export type QuotaExceeded = z.infer<typeof quotaExceededSchema>
