import { exportChunks, exports } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, inArray, lt } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/** What nobody has finished by then, nobody will. */
const LOST_AFTER_MS = 86_400_000

/** Throws the files of exports away whose time is over, and gives up those that nobody goes on with. */
export async function purgeExports(ctx: BaseContext): Promise<{ expired: number; lost: number }> {
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const lost = await tx
      .update(exports)
      .set({ state: 'failed', finishedAt: now, expiresAt: now, failure: { code: 'UNKNOWN', errorId: ctx.ids.errorId() } })
      .where(and(inArray(exports.state, ['queued', 'running']), lt(exports.createdAt, new Date(now.getTime() - LOST_AFTER_MS))))
      .returning({ id: exports.id })
    const expired = await tx
      .update(exports)
      .set({ state: 'expired', expiresAt: null })
      .where(and(inArray(exports.state, ['succeeded', 'failed']), lt(exports.expiresAt, now)))
      .returning({ id: exports.id })
    const gone = [...lost, ...expired].map(({ id }) => id)
    if (gone.length > 0) await tx.delete(exportChunks).where(inArray(exportChunks.exportId, gone))
    return { expired: expired.length, lost: lost.length }
  })
}
