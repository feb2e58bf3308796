import { answerHandOff, claimHandOff, handOffStep, listHandOffs, openHandOff, revokeHandOff } from '@gangway/core/questionnaire'
import {
  answerHandOffSchema,
  claimHandOffSchema,
  handOffSchema,
  handOffViewSchema,
  newHandOffSchema,
  openHandOffSchema,
} from '@gangway/schemas/hand-offs'
import { z } from 'zod'
import { customerProcedure, publicProcedure, router } from '../trpc/init.ts'

/** The owner asks; the colleague, who need have no account, is known by the link's code and by what their browser keeps. */
export const handOffsRouter = router({
  list: customerProcedure
    .output(z.array(handOffSchema))
    .query(({ ctx }) => listHandOffs(ctx.contexts.reminders, { userId: ctx.user.id })),

  create: customerProcedure
    .input(newHandOffSchema)
    .output(handOffSchema)
    .mutation(({ ctx, input }) => handOffStep(ctx.contexts.reminders, { ...input, userId: ctx.user.id })),

  revoke: customerProcedure
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeHandOff(ctx.contexts.reminders, { ...input, userId: ctx.user.id })),

  /** No query, though it changes nothing: those have their input, and so the code, in the address. */
  open: publicProcedure
    .input(openHandOffSchema)
    .output(handOffViewSchema)
    .mutation(({ ctx, input }) => openHandOff(ctx.contexts.questionnaire, input)),

  claim: publicProcedure
    .input(claimHandOffSchema)
    .output(handOffViewSchema)
    .mutation(({ ctx, input }) => claimHandOff(ctx.contexts.questionnaire, input)),

  answer: publicProcedure
    .input(answerHandOffSchema)
    .output(handOffViewSchema)
    .mutation(({ ctx, input }) => answerHandOff(ctx.contexts.questionnaire, input)),
})
