import { stepHandOffs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { HandOff } from '@gangway/schemas/hand-offs'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { handOffOf } from './hand-off-row.ts'
import { findSession } from './session-row.ts'

/** Whom somebody has asked for help with their questionnaire, the newest first; without what was taken back. */
export async function listHandOffs(ctx: BaseContext, { userId }: { userId: string }): Promise<HandOff[]> {
  const session = await findSession(ctx.db, userId)
  if (!session) return []
  const rows = await ctx.db
    .select()
    .from(stepHandOffs)
    .where(and(eq(stepHandOffs.sessionId, session.id), isNull(stepHandOffs.revokedAt)))
    .orderBy(desc(stepHandOffs.createdAt))
    .limit(100)
  const at = ctx.clock.now()
  return rows.map((row) => handOffOf(row, at))
}

/** Takes a link back. What was answered by it stays. Throws NOT_FOUND for one that is not theirs, or was answered. */
export async function revokeHandOff(ctx: BaseContext, { userId, id }: { userId: string; id: string }): Promise<void> {
  const session = await findSession(ctx.db, userId)
  const revoked = await inTransaction(ctx.db, (tx) =>
    tx
      .update(stepHandOffs)
      .set({ revokedAt: ctx.clock.now() })
      .where(
        and(
          ...[eq(stepHandOffs.id, id), eq(stepHandOffs.sessionId, session?.id ?? id)],
          ...[isNull(stepHandOffs.answeredAt), isNull(stepHandOffs.revokedAt)],
        ),
      )
      .returning({ id: stepHandOffs.id }),
  )
  if (revoked.length === 0) throw new GangwayError('NOT_FOUND')
}
