import { answersByUser, listAnswers } from '@gangway/core/answers'
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
})
