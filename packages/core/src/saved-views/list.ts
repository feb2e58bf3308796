import { savedViews, users } from '@gangway/db/schema'
import type { SavedView, SavedViewPage } from '@gangway/schemas/saved-views'
import { and, asc, eq, or } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/** An admin's own views of a page, then those that others share; each by name. */
export async function listViews(
  ctx: BaseContext,
  { actorId, page }: { actorId: string; page: SavedViewPage },
): Promise<SavedView[]> {
  const rows = await ctx.db
    .select({ view: savedViews, owner: users.name })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.ownerId))
    .where(and(eq(savedViews.page, page), or(eq(savedViews.ownerId, actorId), eq(savedViews.shared, true))))
    .orderBy(asc(savedViews.name), asc(savedViews.id))
  const views = rows.map(({ view, owner }) => viewOf(view, { actorId, owner }))
  return [...views.filter(({ own }) => own), ...views.filter(({ own }) => !own)]
}

/** As `actorId` sees it. */
export function viewOf(
  { ownerId, ...view }: typeof savedViews.$inferSelect,
  { actorId, owner }: { actorId: string; owner: string },
): SavedView {
  return { ...view, own: ownerId === actorId, owner }
}
