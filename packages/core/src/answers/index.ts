export { aggregateSession } from './aggregate.ts'
export { listAnswers } from './browse.ts'
export { answersByUser } from './by-user.ts'
