export { aggregateSession } from './aggregate.ts'
export { backfillAnswers, type AnswersBackfillReport } from './backfill.ts'
export { listAnswers } from './browse.ts'
export { answersByUser } from './by-user.ts'
