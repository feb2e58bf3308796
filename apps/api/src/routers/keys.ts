import { markSaved, reveal } from '@gangway/core/keys'
import { revealInputSchema, revealSchema } from '@gangway/schemas/keys'
import { customerProcedure, router } from '../trpc/init.ts'

export const keysRouter = router({
  reveal: customerProcedure
    .input(revealInputSchema)
    .output(revealSchema)
    .mutation(({ ctx, input }) => reveal(ctx.contexts.keys, { ...input, userId: ctx.user.id })),

  markSaved: customerProcedure
    .input(revealInputSchema)
    .output(revealSchema)
    .mutation(({ ctx, input }) => markSaved(ctx.contexts.keys, { ...input, userId: ctx.user.id })),
})
