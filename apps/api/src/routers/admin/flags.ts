import { listFlags, removeFlag, saveFlag } from '@gangway/core/questionnaire'
import { flagRowSchema, flagSchema } from '@gangway/schemas/flags'
import { router, staffProcedure } from '../../trpc/init.ts'

export const flagsRouter = router({
  list: staffProcedure.output(flagRowSchema.array()).query(({ ctx }) => listFlags(ctx.contexts.base)),

  save: staffProcedure
    .input(flagSchema)
    .mutation(({ ctx, input }) => saveFlag(ctx.contexts.base, { ...input, actorId: ctx.user.id })),

  remove: staffProcedure
    .input(flagSchema.pick({ key: true }))
    .mutation(({ ctx, input }) => removeFlag(ctx.contexts.base, { ...input, actorId: ctx.user.id })),
})
