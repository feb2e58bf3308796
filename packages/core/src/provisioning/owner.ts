import { invitesAnswersSchema } from '@gangway/schemas/questionnaire'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { BaseContext } from '../context.ts'

export interface Owner {
  name: string
  email: string
  /** Whom they have named in the questionnaire. */
  people: { email: string; role: 'member' | 'admin' }[]
}

/** An owner as the database's functions answer it. */
export const ownerSchema = z
  .object({ name: z.string(), email: z.string(), answers: z.unknown(), completedSteps: z.array(z.string()).nullable() })
  .transform(({ name, email, answers, completedSteps }): Owner => {
    // Addresses in a step that was skipped, or is still being filled in, are nobody's invitation yet.
    const answered = completedSteps?.includes('invites') ? answers : {}
    return { name, email, people: invitesAnswersSchema.safeParse(answered).data?.invites ?? [] }
  })

const foundSchema = z.tuple([z.object({ owner: ownerSchema })])

/** Throws where there is no such person. */
export async function readOwner(ctx: BaseContext, userId: string): Promise<Owner> {
  const [{ owner }] = foundSchema.parse([...(await ctx.db.execute(sql`select run_owner(${userId}) as owner`))])
  return owner
}
