import { type AnswerLabels, answerTexts } from '@gangway/schemas/answer-labels'
import type { AnswersFilter } from '@gangway/schemas/answers'
import { PLANS } from '@gangway/schemas/plans'
import { questionLabel, valueLabel } from '../answers/questions.ts'

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** What a filter lets through, one part each: `Role: Data or Finance`; [] for everything. */
export function filterTexts(filter: AnswersFilter, labels: AnswerLabels): string[] {
  const { roles = [], org, plan, variant, schemaVersion, answers = [], text, completedFrom, completedBefore } = filter
  const roleLabels = answerTexts({ step: 'work', field: 'role', value: roles }, labels)
  return [
    ...(text ? [`Search: ${text}`] : []),
    ...(roleLabels.length > 0 ? [`Role: ${roleLabels.join(' or ')}`] : []),
    ...(org ? [`Organization: ${org}`] : []),
    ...(plan ? [`Plan: ${PLANS[plan].name}`] : []),
    ...(variant ? [`Variant: ${variant}`] : []),
    ...(schemaVersion ? [`Schema version: ${schemaVersion}`] : []),
    ...answers.map((answer) => `${questionLabel(answer, labels)}: ${valueLabel(answer, labels)}`),
    ...(completedFrom ? [`Completed from ${MOMENT.format(completedFrom)}`] : []),
    ...(completedBefore ? [`Completed before ${MOMENT.format(completedBefore)}`] : []),
  ]
}
