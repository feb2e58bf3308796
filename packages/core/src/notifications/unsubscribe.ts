import { mailPreferences, users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { eq } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { readUnsubscribeToken } from './unsubscribe-link.ts'

/** Whether the person of this link gets nudges. Changes nothing: programs that look after links open them as well. */
export async function readUnsubscribe(ctx: RemindersContext, { token }: { token: string }): Promise<{ nudges: boolean }> {
  const userId = readUnsubscribeToken(ctx.settings, token)
  const [row] = await ctx.db
    .select({ offAt: mailPreferences.nudgesOffAt })
    .from(users)
    .leftJoin(mailPreferences, eq(mailPreferences.userId, users.id))
    .where(eq(users.id, userId))
  if (!row) throw new GangwayError('MAIL_LINK_INVALID')
  return { nudges: row.offAt === null }
}

/** Switches somebody's nudges off, or on again. Throws MAIL_LINK_INVALID. */
export async function setNudges(
  ctx: RemindersContext,
  { token, on }: { token: string; on: boolean },
): Promise<{ nudges: boolean }> {
  await readUnsubscribe(ctx, { token })
  const userId = readUnsubscribeToken(ctx.settings, token)
  const nudgesOffAt = on ? null : ctx.clock.now()
  await inTransaction(ctx.db, (tx) =>
    tx
      .insert(mailPreferences)
      .values({ userId, nudgesOffAt })
      .onConflictDoUpdate({ target: mailPreferences.userId, set: { nudgesOffAt } }),
  )
  ctx.log.info({ userId, on }, 'nudges switched')
  return { nudges: on }
}
