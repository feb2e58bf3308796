import { z } from 'zod'
import { RESOURCE_KINDS } from './dry-run.ts'
import { pageOf, pageRequestSchema } from './paging.ts'
import { planIdSchema } from './plans.ts'

/** Where an organization is not as the dry run's plan has it; the starter kits of its people count as well. */
export const FINDING_KINDS = [...RESOURCE_KINDS, 'starter_kit'] as const

export const findingSchema = z.object({
  kind: z.enum(FINDING_KINDS),
  /** Of the resource, as the plan names it; of a starter kit the person's address. */
  name: z.string(),
  /** One line: `is missing`, `amount is STRING, declared NUMERIC`. */
  problem: z.string(),
  /** False where a person has to decide. */
  repairable: z.boolean(),
})
export type Finding = z.infer<typeof findingSchema>

/** `unknown`: it could not be looked at; the error's id finds out why. `unexamined`: nobody has looked yet. */
export const HEALTHS = ['healthy', 'differs', 'unknown', 'unexamined'] as const
export const healthSchema = z.enum(HEALTHS)
export type Health = z.infer<typeof healthSchema>

export const examinedOrganizationSchema = z.object({
  orgId: z.uuid(),
  slug: z.string(),
  name: z.string(),
  plan: z.nullable(planIdSchema),
  workspace: z.string().nullable(),
  health: healthSchema,
  findings: z.array(findingSchema),
  errorId: z.string().nullable(),
  examinedAt: z.date().nullable(),
  createdAt: z.date(),
})
export type ExaminedOrganization = z.infer<typeof examinedOrganizationSchema>

export const organizationsFilterSchema = z.object({
  healths: z.array(healthSchema).max(4).optional(),
  /** Part of the slug or of the name. */
  text: z.string().trim().max(200).optional(),
})
export type OrganizationsFilter = z.infer<typeof organizationsFilterSchema>

export const listOrganizationsInputSchema = z.object({
  ...pageRequestSchema.shape,
  filter: organizationsFilterSchema.default({}),
})
export const organizationsPageSchema = pageOf(examinedOrganizationSchema)
export type OrganizationsPage = z.infer<typeof organizationsPageSchema>

export const orgIdInputSchema = z.object({ orgId: z.uuid() })

export const repairReportSchema = z.object({
  /** What differed before and does not any more. */
  repaired: z.array(findingSchema),
  organization: examinedOrganizationSchema,
})
export type RepairReport = z.infer<typeof repairReportSchema>

/** How a look at all organizations went, in organizations. */
export const examinedAllSchema = z.object({
  healthy: z.number().int(),
  differing: z.number().int(),
  unknown: z.number().int(),
})
export type ExaminedAll = z.infer<typeof examinedAllSchema>
