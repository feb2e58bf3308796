import { type AnswerLabels, fieldLabel } from '@gangway/schemas/answer-labels'
import type { AnswerFilter } from '@gangway/schemas/answers'

export interface Question {
  /** `work.team` */
  id: string
  step: string
  field: string
  stepLabel: string
  label: string
  /** [] where anything can be typed. */
  options: readonly { value: string; label: string }[]
}

/** What can be asked for, in the order of the questionnaire. */
export function questionsOf(labels: AnswerLabels): Question[] {
  return labels.flatMap(({ id: step, title: stepLabel, fields }) =>
    fields.map(({ name: field, label, options }) => ({ id: `${step}.${field}`, step, field, stepLabel, label, options })),
  )
}

/** Questions for a select, by step. */
export function groupedQuestions(questions: readonly Question[]): { group: string; items: { value: string; label: string }[] }[] {
  const groups = new Map<string, { value: string; label: string }[]>()
  for (const { id, label, stepLabel: group } of questions) groups.set(group, [...(groups.get(group) ?? []), { value: id, label }])
  return [...groups].map(([group, items]) => ({ group, items }))
}

/** `Team`; for a part of an item, `Invited colleagues: role`. Names that the labels do not know stand for themselves. */
export function questionLabel({ step, field }: Pick<AnswerFilter, 'step' | 'field'>, labels: AnswerLabels): string {
  const [whole = field, ...parts] = field.split('.')
  return [fieldLabel(step, whole, labels), ...parts].join(': ')
}

/** An answer as people read it; its text itself where it is not one of the options. */
export function valueLabel({ step, field, value }: AnswerFilter, labels: AnswerLabels): string {
  const [whole = field] = field.split('.')
  const options = labels.find(({ id }) => id === step)?.fields.find(({ name }) => name === whole)?.options
  return options?.find((option) => option.value === value)?.label ?? value
}
