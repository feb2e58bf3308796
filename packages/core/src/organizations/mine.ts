import { organizationMembers, organizations, subscriptions } from '@gangway/db/schema'
import type { Organization } from '@gangway/schemas/organizations'
import { and, desc, eq, ne } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/** The organizations that somebody belongs to, newest first, with their own role in each. Abandoned ones are left out. */
export function listMyOrganizations(ctx: BaseContext, { userId }: { userId: string }): Promise<Organization[]> {
  return ctx.db
    .select({
      id: organizations.id,
      slug: organizations.slug,
      name: organizations.name,
      status: organizations.status,
      role: organizationMembers.role,
      plan: subscriptions.plan,
      workspace: organizations.workspace,
      onboardedAt: organizations.onboardedAt,
    })
    .from(organizationMembers)
    .innerJoin(organizations, eq(organizations.id, organizationMembers.orgId))
    .leftJoin(subscriptions, eq(subscriptions.orgId, organizations.id))
    .where(and(eq(organizationMembers.userId, userId), ne(organizations.status, 'abandoned')))
    .orderBy(desc(organizations.createdAt), desc(organizations.id))
}
