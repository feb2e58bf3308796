import { answersByUser, listAnswers } from '@gangway/core/answers'
import { listOutbox } from '@gangway/core/notifications'
import { answersByUserInputSchema, listAnswersInputSchema, personHistorySchema, snapshotPageSchema } from '@gangway/schemas/answers'
import { mailSchema } from '@gangway/schemas/mail'
import { router, staffProcedure } from '../trpc/init.ts'

const answersRouter = router({
  list: staffProcedure
    .input(listAnswersInputSchema)
    .output(snapshotPageSchema)
    .query(({ ctx, input }) => listAnswers(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),

  byUser: staffProcedure
    .input(answersByUserInputSchema)
    .output(personHistorySchema)
    .query(({ ctx, input }) => answersByUser(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),
})

const mailRouter = router({
  list: staffProcedure.output(mailSchema.array()).query(({ ctx }) => listOutbox(ctx.contexts.base)),
})

export const adminRouter = router({ answers: answersRouter, mail: mailRouter })
