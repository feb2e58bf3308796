import { complete, getOrCreateSession, save } from '@gangway/core/questionnaire'
import { completeInputSchema, onboardingSessionSchema, saveInputSchema } from '@gangway/schemas/onboarding'
import { customerProcedure, router } from '../trpc/init.ts'

export const onboardingRouter = router({
  get: customerProcedure
    .output(onboardingSessionSchema)
    .query(({ ctx }) => getOrCreateSession(ctx.contexts.questionnaire, { userId: ctx.user.id })),

  save: customerProcedure
    .input(saveInputSchema)
    .output(onboardingSessionSchema)
    .mutation(({ ctx, input }) => save(ctx.contexts.questionnaire, { ...input, userId: ctx.user.id })),

  complete: customerProcedure
    .input(completeInputSchema)
    .output(onboardingSessionSchema)
    .mutation(({ ctx, input }) => complete(ctx.contexts.questionnaire, { ...input, userId: ctx.user.id })),
})
