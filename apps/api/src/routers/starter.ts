import { readDocument, removeSamples, restoreSamples, retryStarterKit, starterStatus } from '@gangway/core/starter'
import { starterDocumentSchema, starterKitSchema } from '@gangway/schemas/starter'
import { z } from 'zod'
import { customerProcedure, router } from '../trpc/init.ts'

export const starterRouter = router({
  status: customerProcedure
    .output(starterKitSchema)
    .query(({ ctx }) => starterStatus(ctx.contexts.starter, { userId: ctx.user.id })),

  retry: customerProcedure
    .output(starterKitSchema)
    .mutation(({ ctx }) => retryStarterKit(ctx.contexts.starter, { userId: ctx.user.id })),

  document: customerProcedure
    .input(z.object({ id: z.uuid() }))
    .output(starterDocumentSchema)
    .query(({ ctx, input }) => readDocument(ctx.contexts.starter, { userId: ctx.user.id, documentId: input.id })),

  removeSamples: customerProcedure
    .output(starterKitSchema)
    .mutation(({ ctx }) => removeSamples(ctx.contexts.starter, { userId: ctx.user.id })),

  restoreSamples: customerProcedure
    .output(starterKitSchema)
    .mutation(({ ctx }) => restoreSamples(ctx.contexts.starter, { userId: ctx.user.id })),
})
