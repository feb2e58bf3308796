import { fieldLabel, labelsOf } from '@gangway/schemas/answer-labels'
import type { AnswerFilter } from '@gangway/schemas/answers'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'

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

const YES_OR_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
]
const YES_OR_NO_QUESTIONS = BUILT_IN_MANIFEST.steps.flatMap(({ id, fields }) =>
  fields.filter(({ type }) => type === 'boolean').map(({ name }) => `${id}.${name}`),
)

/** What can be asked for, in the order of the questionnaire. */
export const QUESTIONS: readonly Question[] = labelsOf(BUILT_IN_MANIFEST.steps).flatMap(({ id: step, title, fields }) =>
  fields.map(({ name: field, label, options }) => {
    const id = `${step}.${field}`
    return { id, step, field, stepLabel: title, label, options: YES_OR_NO_QUESTIONS.includes(id) ? YES_OR_NO : options }
  }),
)

/** Questions for a select, by step. */
export function groupedQuestions(questions: readonly Question[]): { group: string; items: { value: string; label: string }[] }[] {
  const groups = new Map<string, { value: string; label: string }[]>()
  for (const { id, label, stepLabel: group } of questions) groups.set(group, [...(groups.get(group) ?? []), { value: id, label }])
  return [...groups].map(([group, items]) => ({ group, items }))
}

/** `Team`; for a part of an item, `Invited colleagues: role`. Names that this version does not know stand for themselves. */
export function questionLabel(step: string, field: string): string {
  const [whole = field, ...parts] = field.split('.')
  return [fieldLabel(step, whole), ...parts].join(': ')
}

/** An answer as people read it; its text itself where it is not one of the options. */
export function valueLabel({ step, field, value }: AnswerFilter): string {
  const [whole = field] = field.split('.')
  const options = QUESTIONS.find((question) => question.step === step && question.field === whole)?.options
  return options?.find((option) => option.value === value)?.label ?? value
}
