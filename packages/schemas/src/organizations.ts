import { z } from 'zod'
import { planIdSchema } from './plans.ts'

export const MEMBER_ROLES = ['owner', 'admin', 'member'] as const
export const memberRoleSchema = z.enum(MEMBER_ROLES)
export type MemberRole = z.infer<typeof memberRoleSchema>

export const organizationSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(['provisioning', 'onboarded', 'abandoned']),
  role: memberRoleSchema,
  plan: z.nullable(planIdSchema),
  workspace: z.string().nullable(),
  onboardedAt: z.date().nullable(),
})
export type Organization = z.infer<typeof organizationSchema>

/** How far the newest organization of a person that is set up has come. */
export const checklistSchema = z.object({
  orgId: z.uuid(),
  role: memberRoleSchema,
  keySaved: z.boolean(),
  colleagueJoined: z.boolean(),
  integrationHealthy: z.boolean(),
  pipelineSucceeded: z.boolean(),
})
export type Checklist = z.infer<typeof checklistSchema>

export const joinInputSchema = z.object({ code: z.string().trim().min(1).max(100) })
export const joinedSchema = z.object({ orgId: z.uuid(), name: z.string() })
export type Joined = z.infer<typeof joinedSchema>
