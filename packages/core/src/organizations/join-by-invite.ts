import { organizations, users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Joined } from '@gangway/schemas/organizations'
import { eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { acceptInvite } from './accept-invite.ts'

/**
 * Accepts an invitation outside of the questionnaire, as somebody does who has answered it for another organization before.
 * What they answered then stays as it was. Throws INVITE_NOT_FOUND, for every reason alike.
 */
export async function joinByInvite(ctx: BaseContext, { userId, code }: { userId: string; code: string }): Promise<Joined> {
  return inTransaction(ctx.db, async (tx) => {
    const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId))
    const accepted = await acceptInvite(tx, { code, userId, email: user?.email ?? '', at: ctx.clock.now() })
    const [joined] = await tx
      .select({ orgId: organizations.id, name: organizations.name })
      .from(organizations)
      .where(eq(organizations.id, accepted.orgId))
    if (!joined) throw new GangwayError('INVITE_NOT_FOUND')
    return joined
  })
}
