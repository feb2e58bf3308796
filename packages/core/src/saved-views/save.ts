import { savedViews, users } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { SavedView, SaveView } from '@gangway/schemas/saved-views'
import { and, count, eq, ne } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { viewOf } from './list.ts'

const MOST = 50

/**
 * Keeps a filter under a name; the owner's view of that page and name, if there is one, is replaced. Throws
 * SAVED_VIEWS_FULL for an owner's 51st.
 */
export async function saveView(ctx: BaseContext, { actorId, view }: { actorId: string; view: SaveView }): Promise<SavedView> {
  const updatedAt = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    // Those who save at the same time are put in a row, or they would count past each other.
    const [owner] = await tx.select({ name: users.name }).from(users).where(eq(users.id, actorId)).for('update')
    if (!owner) throw new GangwayError('NOT_FOUND')
    if ((await othersOf(tx, { actorId, view })) >= MOST) throw new GangwayError('SAVED_VIEWS_FULL')
    const { ownerId, page, name } = savedViews
    const [saved] = await tx
      .insert(savedViews)
      .values({ ...view, ownerId: actorId, updatedAt })
      .onConflictDoUpdate({ target: [ownerId, page, name], set: { query: view.query, shared: view.shared, updatedAt } })
      .returning()
    if (!saved) throw new GangwayError('DATABASE_CONFLICT')
    const subject = { type: 'saved_view', id: saved.id }
    await recordAudit(tx, { actorId, at: updatedAt, action: 'saved_view.saved', subject, detail: { ...view } })
    return viewOf(saved, { actorId, owner: owner.name })
  })
}

/** How many views there are besides the one that would be replaced. */
async function othersOf(tx: Tx, { actorId, view }: { actorId: string; view: SaveView }): Promise<number> {
  const [others] = await tx
    .select({ value: count() })
    .from(savedViews)
    .where(and(eq(savedViews.ownerId, actorId), eq(savedViews.page, view.page), ne(savedViews.name, view.name)))
  return others?.value ?? 0
}
