export { forgetAnswers } from './forget-answers.ts'
export { keepJournal } from './keep-journal.ts'
