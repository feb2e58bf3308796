import { aggregateSession } from '@gangway/core/answers'
import type { aggregateAnswersJob } from './aggregate-answers.ts'
import type { Handler } from './registry.ts'

export const handleAggregateAnswers: Handler<typeof aggregateAnswersJob.schema> = ({ contexts }, payload) =>
  aggregateSession(contexts.answers, payload)
