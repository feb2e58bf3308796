import { listViews, removeView, saveView } from '@gangway/core/saved-views'
import {
  listSavedViewsInputSchema,
  savedViewIdInputSchema,
  savedViewSchema,
  saveViewInputSchema,
} from '@gangway/schemas/saved-views'
import { router, staffProcedure } from '../../trpc/init.ts'

/** Filters of staff pages under names. */
export const savedViewsRouter = router({
  list: staffProcedure
    .input(listSavedViewsInputSchema)
    .output(savedViewSchema.array())
    .query(({ ctx, input }) => listViews(ctx.contexts.base, { ...input, actorId: ctx.user.id })),

  save: staffProcedure
    .input(saveViewInputSchema)
    .output(savedViewSchema)
    .mutation(({ ctx, input }) => saveView(ctx.contexts.base, { view: input, actorId: ctx.user.id })),

  remove: staffProcedure
    .input(savedViewIdInputSchema)
    .mutation(({ ctx, input }) => removeView(ctx.contexts.base, { ...input, actorId: ctx.user.id })),
})
