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
  plan: planIdSchema.nullable(),
  workspace: z.string().nullable(),
  onboardedAt: z.date().nullable(),
})
export type Organization = z.infer<typeof organizationSchema>
