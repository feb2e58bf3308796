import { z } from 'zod'
import { pageOf, pageRequestSchema } from './paging.ts'
import { planIdSchema } from './plans.ts'
import { roleSchema } from './questionnaire.ts'
import { soughtText, soughtTimeSchema } from './sought.ts'

/** How far people come, in this order. Somebody who pays without the questionnaire passes `completed` over. */
export const MILESTONES = ['started', 'completed', 'checkout_started', 'provisioned', 'key_revealed', 'first_value'] as const
export const milestoneSchema = z.enum(MILESTONES)
export type Milestone = z.infer<typeof milestoneSchema>

/** Why somebody went no further. `waiting`: they were seen within the last 24 hours, and may still go on. */
export const STOPS = ['waiting', 'left', 'validation', 'system'] as const
export const stopSchema = z.enum(STOPS)
export type Stop = z.infer<typeof stopSchema>

export const funnelFilterSchema = z.object({
  /** Of people who started in this window: their first event of any kind. */
  startedFrom: soughtTimeSchema.optional(),
  startedBefore: soughtTimeSchema.optional(),
  variant: soughtText(60).min(1).optional(),
  /** One of these, as they answered. */
  roles: z.array(roleSchema).max(12).optional(),
  /** The plan that was chosen last. */
  plan: z.optional(planIdSchema),
})
export type FunnelFilter = z.infer<typeof funnelFilterSchema>

const people = z.number().int()

/** In whole seconds. Half of the people took no longer than `median`, nine in ten no longer than `p90`. */
const spreadSchema = z.object({ median: z.number().int(), p90: z.number().int() })
export type Spread = z.infer<typeof spreadSchema>

/** How often it happened, and to how many people. */
const troubleSchema = z.object({ times: z.number().int(), people })

/** Those who stopped here and got no further, by the reason. Whoever has not come to first value stops at one place. */
const stoppedSchema = z.object({ waiting: people, left: people, validation: people, system: people })
export type Stopped = z.infer<typeof stoppedSchema>

export const funnelStepSchema = z.object({
  step: z.string(),
  title: z.string(),
  viewed: people,
  completed: people,
  /** And never completed. */
  skipped: people,
  stopped: stoppedSchema,
  /** From seeing the step to completing it; null where nobody has. */
  time: spreadSchema.nullable(),
  retries: troubleSchema,
  conflicts: troubleSchema,
  offlineSaves: troubleSchema,
})
export type FunnelStep = z.infer<typeof funnelStepSchema>

export const funnelMilestoneSchema = z.object({
  milestone: milestoneSchema,
  people,
  /** Those who stopped between this and the next. Of `started`: beside any step, all that they saw being done. */
  stopped: stoppedSchema,
})
export type FunnelMilestone = z.infer<typeof funnelMilestoneSchema>

export const funnelSchema = z.object({
  /** In the order of the questionnaire; steps that nobody has seen are missing. */
  steps: z.array(funnelStepSchema),
  milestones: z.array(funnelMilestoneSchema),
  /** From the first event to first value; null where nobody has come so far. */
  timeToFirstValue: spreadSchema.nullable(),
})
export type Funnel = z.infer<typeof funnelSchema>

export const funnelInputSchema = z.object({ filter: funnelFilterSchema.default({}) })

export const COHORTS = ['day', 'week', 'month', 'role', 'plan'] as const
export const cohortBySchema = z.enum(COHORTS)
export type CohortBy = z.infer<typeof cohortBySchema>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const funnelCohortsInputSchema = funnelInputSchema.extend({
  by: cohortBySchema,
  /** Whose days: `Europe/Berlin`. Weeks begin on Monday. */
  timeZone: z
    .string()
    .max(60)
    .regex(/^[A-Za-z]/, 'This is not a time zone.')
    .refine(isTimeZone, 'This is not a time zone.')
    .default('UTC'),
})

export const funnelCohortSchema = z.object({
  /** `2026-11-21` for the first day of a day, week or month; a role; a plan. Null where it is not known. */
  key: z.string().nullable(),
  people: z.record(milestoneSchema, people),
  timeToFirstValue: spreadSchema.nullable(),
})
export type FunnelCohort = z.infer<typeof funnelCohortSchema>

/** Days from the newest; roles and plans by how many people they have, those who are not known last. */
export const funnelCohortsSchema = z.array(funnelCohortSchema)

export const funnelVariantSchema = funnelCohortSchema.extend({
  steps: z.array(funnelStepSchema.pick({ step: true, title: true, viewed: true, completed: true, skipped: true, time: true })),
})
export type FunnelVariant = z.infer<typeof funnelVariantSchema>

/** Control first, then by name; `key` is null for people who have no variant. */
export const funnelVariantsSchema = z.array(funnelVariantSchema)

/** What the people of a number have in common. */
export const funnelGroupSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('milestone'), milestone: milestoneSchema, what: z.enum(['reached', ...STOPS]) }),
  z.object({
    at: z.literal('step'),
    step: soughtText(40).min(1),
    what: z.enum(['viewed', 'completed', 'skipped', 'retries', 'conflicts', 'offlineSaves', ...STOPS]),
  }),
])
export type FunnelGroup = z.infer<typeof funnelGroupSchema>

export const funnelPeopleInputSchema = z.object({
  ...pageRequestSchema.shape,
  filter: funnelFilterSchema.default({}),
  group: funnelGroupSchema,
})

export const funnelPersonSchema = z.object({
  userId: z.uuid(),
  name: z.string(),
  email: z.string(),
  startedAt: z.date(),
  lastAt: z.date(),
  variant: z.string().nullable(),
  role: z.string().nullable(),
  plan: z.string().nullable(),
  /** The furthest. */
  milestone: milestoneSchema,
  /** The newest. */
  runId: z.uuid().nullable(),
})
export type FunnelPerson = z.infer<typeof funnelPersonSchema>

/** From who started last. */
export const funnelPeoplePageSchema = pageOf(funnelPersonSchema)
export type FunnelPeoplePage = z.infer<typeof funnelPeoplePageSchema>
