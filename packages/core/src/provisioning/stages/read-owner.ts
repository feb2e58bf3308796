import { onboardingSessions, users } from '@gangway/db/schema'
import { invitesAnswersSchema } from '@gangway/schemas/questionnaire'
import { desc, eq } from 'drizzle-orm'
import type { BaseContext } from '../../context.ts'

export interface Owner {
  name: string
  email: string
  /** Whom they have named in the questionnaire. */
  people: { email: string; role: 'member' | 'admin' }[]
}

export async function readOwner(ctx: BaseContext, userId: string): Promise<Owner> {
  const [row] = await ctx.db
    .select({
      name: users.name,
      email: users.email,
      answers: onboardingSessions.answers,
      completedSteps: onboardingSessions.completedSteps,
    })
    .from(users)
    .leftJoin(onboardingSessions, eq(onboardingSessions.userId, users.id))
    .where(eq(users.id, userId))
    .orderBy(desc(onboardingSessions.startedAt))
    .limit(1)
  if (!row) throw new Error(`there is no user ${userId}`)
  // Addresses in a step that was skipped, or is still being filled in, are nobody's invitation yet.
  const answered = row.completedSteps?.includes('invites') ? row.answers?.invites : {}
  return { name: row.name, email: row.email, people: invitesAnswersSchema.safeParse(answered).data?.invites ?? [] }
}
