export { aggregateSession } from './aggregate.ts'
export { attachOrganization } from './attach-organization.ts'
export { listAnswers } from './browse.ts'
export { answersByUser } from './by-user.ts'
