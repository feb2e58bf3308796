import { answersByUser, answerTotals, correctAnswers, listAnswers, readCorrectable } from '@gangway/core/answers'
import {
  correctableInputSchema,
  correctableSchema,
  correctAnswersInputSchema,
  correctedAnswersSchema,
} from '@gangway/schemas/answer-corrections'
import { answerTotalsInputSchema, answerTotalsSchema } from '@gangway/schemas/answer-totals'
import {
  answersByUserInputSchema,
  listAnswersInputSchema,
  personHistorySchema,
  snapshotPageSchema,
} from '@gangway/schemas/answers'
import { router, staffProcedure } from '../../trpc/init.ts'

export const answersRouter = router({
  list: staffProcedure
    .input(listAnswersInputSchema)
    .output(snapshotPageSchema)
    .query(({ ctx, input }) => listAnswers(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),

  byUser: staffProcedure
    .input(answersByUserInputSchema)
    .output(personHistorySchema)
    .query(({ ctx, input }) => answersByUser(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),

  totals: staffProcedure
    .input(answerTotalsInputSchema)
    .output(answerTotalsSchema)
    .query(({ ctx, input }) => answerTotals(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),

  correctable: staffProcedure
    .input(correctableInputSchema)
    .output(correctableSchema)
    .query(({ ctx, input }) => readCorrectable(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),

  correct: staffProcedure
    .input(correctAnswersInputSchema)
    .output(correctedAnswersSchema)
    .mutation(({ ctx, input }) => correctAnswers(ctx.contexts.questionnaire, { ...input, actorId: ctx.user.id })),
})
