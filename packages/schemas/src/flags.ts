import { z } from 'zod'
import { PLAN_IDS } from './plans.ts'
import { roleSchema } from './questionnaire.ts'

export const flagKeySchema = z
  .string()
  .trim()
  .max(60)
  .regex(/^[a-z][a-z0-9._-]*$/, 'Begin with a small letter; use small letters, digits, dots and hyphens.')

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'Write it as example.com.')

/** Whom a flag is for. Each list that is there has to name the person; one that is not there lets everybody in. */
export const flagCohortsSchema = z.strictObject({
  plans: z.array(z.enum(PLAN_IDS)).max(10).optional(),
  roles: z.array(roleSchema).max(20).optional(),
  emailDomains: z.array(domain).max(100).optional(),
})
export type FlagCohorts = z.infer<typeof flagCohortsSchema>

export const flagSchema = z.object({
  key: flagKeySchema,
  description: z.string().trim().max(300),
  enabled: z.boolean(),
  /** Of the people in the cohorts, by a stable hash of the person. */
  rolloutPercent: z.number().int().min(0).max(100),
  cohorts: flagCohortsSchema,
})
export type Flag = z.infer<typeof flagSchema>

export const flagRowSchema = flagSchema.extend({
  updatedAt: z.date(),
  /** Where the current manifest asks for it, as `step` or `step.field`. */
  usedBy: z.array(z.string()),
})
export type FlagRow = z.infer<typeof flagRowSchema>
