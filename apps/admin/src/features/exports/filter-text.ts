import { answerParts } from '@gangway/schemas/answer-labels'
import type { AnswersFilter } from '@gangway/schemas/answers'
import { PLANS } from '@gangway/schemas/plans'
import { questionLabel, valueLabel } from '../answers/questions.ts'

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** What a filter lets through, one part each: `Role: Data or Finance`; [] for everything. */
export function filterTexts(filter: AnswersFilter): string[] {
  const { roles = [], org, plan, variant, schemaVersion, answers = [], text, completedFrom, completedBefore } = filter
  const roleLabels = roles.flatMap((role) => answerParts('work', 'role', role))
  return [
    ...(text ? [`Search: ${text}`] : []),
    ...(roleLabels.length > 0 ? [`Role: ${roleLabels.join(' or ')}`] : []),
    ...(org ? [`Organization: ${org}`] : []),
    ...(plan ? [`Plan: ${PLANS[plan].name}`] : []),
    ...(variant ? [`Variant: ${variant}`] : []),
    ...(schemaVersion ? [`Schema version: ${schemaVersion}`] : []),
    ...answers.map((answer) => `${questionLabel(answer.step, answer.field)}: ${valueLabel(answer)}`),
    ...(completedFrom ? [`Completed from ${MOMENT.format(completedFrom)}`] : []),
    ...(completedBefore ? [`Completed before ${MOMENT.format(completedBefore)}`] : []),
  ]
}
