import { organizationMembers, organizations } from '@gangway/db/schema'
import type { MemberRole } from '@gangway/schemas/organizations'
import { and, eq, ne } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/** Somebody who acts in an organization that they belong to. */
export interface MemberCaller {
  kind: 'member'
  userId: string
  orgId: string
  orgSlug: string
  role: MemberRole
}

interface Membership {
  userId: string
  orgId: string
}

/** Throws NOT_FOUND for strangers, who learn nothing. */
export async function requireMember(ctx: BaseContext, { userId, orgId }: Membership): Promise<MemberCaller> {
  const [found] = await ctx.db
    .select({ role: organizationMembers.role, orgSlug: organizations.slug })
    .from(organizationMembers)
    .innerJoin(organizations, eq(organizations.id, organizationMembers.orgId))
    .where(
      and(eq(organizationMembers.orgId, orgId), eq(organizationMembers.userId, userId), ne(organizations.status, 'abandoned')),
    )
  if (!found) throw new GangwayError('NOT_FOUND')
  return { kind: 'member', userId, orgId, ...found }
}

/** Owners and admins. Throws NOT_FOUND for strangers and FORBIDDEN for other members. */
export async function requireManager(ctx: BaseContext, membership: Membership): Promise<MemberCaller> {
  const caller = await requireMember(ctx, membership)
  if (caller.role === 'member') throw new GangwayError('FORBIDDEN')
  return caller
}

/** Like `requireManager`, without admins. */
export async function requireOwner(ctx: BaseContext, membership: Membership): Promise<MemberCaller> {
  const caller = await requireMember(ctx, membership)
  if (caller.role !== 'owner') throw new GangwayError('FORBIDDEN')
  return caller
}
