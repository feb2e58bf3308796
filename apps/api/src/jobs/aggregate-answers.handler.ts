import { aggregateSessions } from '@gangway/core/answers'
import type { AnswersContext } from '@gangway/core/context'
import type { aggregateAnswersJob } from './aggregate-answers.ts'
import type { HandlerOfMany } from './take-together.ts'

export const handleAggregateAnswers =
  (answers: AnswersContext): HandlerOfMany<typeof aggregateAnswersJob.schema> =>
  async (payloads) => {
    const failed = await aggregateSessions(answers, { sessionIds: payloads.map(({ sessionId }) => sessionId) })
    return payloads.map(({ sessionId }) => failed.get(sessionId))
  }
