import { savedViews } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/** Removes a view of one's own. Throws NOT_FOUND, for those of others too. */
export async function removeView(ctx: BaseContext, { actorId, id }: { actorId: string; id: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const [gone] = await tx
      .delete(savedViews)
      .where(and(eq(savedViews.id, id), eq(savedViews.ownerId, actorId)))
      .returning({ page: savedViews.page, name: savedViews.name, query: savedViews.query, shared: savedViews.shared })
    if (!gone) throw new GangwayError('NOT_FOUND')
    const subject = { type: 'saved_view', id }
    await recordAudit(tx, { actorId, at: ctx.clock.now(), action: 'saved_view.removed', subject, detail: gone })
  })
}
