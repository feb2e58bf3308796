import { complete, getOrCreateSession, manifestForUser, recordExposure, save } from '@gangway/core/questionnaire'
import { sessionManifestSchema } from '@gangway/schemas/manifest'
import { completeInputSchema, onboardingSessionSchema, saveInputSchema, viewedInputSchema } from '@gangway/schemas/onboarding'
import { customerProcedure, router } from '../trpc/init.ts'

export const onboardingRouter = router({
  get: customerProcedure
    .output(onboardingSessionSchema)
    .query(({ ctx }) => getOrCreateSession(ctx.contexts.questionnaire, { userId: ctx.user.id })),

  /** What the session asks, and in which words. */
  manifest: customerProcedure
    .output(sessionManifestSchema)
    .query(({ ctx }) => manifestForUser(ctx.contexts.questionnaire, { userId: ctx.user.id })),

  /** A step is being looked at: from the first time on, the session counts for its variant. */
  viewed: customerProcedure
    .input(viewedInputSchema)
    .mutation(({ ctx, input }) => recordExposure(ctx.contexts.questionnaire, { ...input, userId: ctx.user.id })),

  save: customerProcedure
    .input(saveInputSchema)
    .output(onboardingSessionSchema)
    .mutation(({ ctx, input }) => save(ctx.contexts.questionnaire, { ...input, userId: ctx.user.id })),

  complete: customerProcedure
    .input(completeInputSchema)
    .output(onboardingSessionSchema)
    .mutation(({ ctx, input }) => complete(ctx.contexts.questionnaire, { ...input, userId: ctx.user.id })),
})
