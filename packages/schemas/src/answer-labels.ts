import { z } from 'zod'
import { textIn, type ManifestField, type ManifestStep } from './manifest.ts'
import { BUILT_IN_MANIFEST } from './manifest-built-in.ts'
import type { LanguageCode } from './questionnaire.ts'

const labelledStepSchema = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(
    z.object({
      ...{ name: z.string(), label: z.string() },
      options: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
})
type LabelledStep = z.infer<typeof labelledStepSchema>

/** What steps, questions and answers are called wherever answers are shown, in the order in which they are asked. */
export const answerLabelsSchema = z.array(labelledStepSchema)
export type AnswerLabels = z.infer<typeof answerLabelsSchema>

const WORKSPACE: LabelledStep['fields'] = [
  {
    ...{ name: 'mode', label: 'Workspace' },
    options: [
      { value: 'create', label: 'A new one' },
      { value: 'join', label: "A colleague's" },
    ],
  },
  { name: 'name', label: 'Workspace name', options: [] },
  { name: 'slug', label: 'Slug', options: [] },
  { name: 'inviteCode', label: 'Invitation code', options: [] },
]

export function labelsOf(steps: readonly ManifestStep[], language: LanguageCode = 'en'): AnswerLabels {
  const labelled = ({ name, label, options = [] }: ManifestField) => ({
    ...{ name, label: textIn(label, language) },
    options: options.map((option) => ({ value: option.value, label: textIn(option.label, language) })),
  })
  return steps.map(({ id, kind, title, fields }) => ({
    ...{ id, title: textIn(title, language) },
    fields: kind === 'create-or-join' ? WORKSPACE : fields.map(labelled),
  }))
}

const BUILT_IN = labelsOf(BUILT_IN_MANIFEST.steps)

/** The labels of several manifests in one: the first that knows a step or a question names it. */
export function mergeLabels(all: readonly AnswerLabels[]): AnswerLabels {
  const steps = new Map<string, LabelledStep>()
  for (const step of all.flat()) {
    const known = steps.get(step.id)
    const names = new Set(known?.fields.map(({ name }) => name))
    const more = step.fields.filter(({ name }) => !names.has(name))
    steps.set(step.id, known ? { ...known, fields: [...known.fields, ...more] } : step)
  }
  return [...steps.values()]
}

/** `id` itself for a step that these labels do not know. */
export function stepLabel(id: string, labels: AnswerLabels = BUILT_IN): string {
  return labels.find((step) => step.id === id)?.title ?? id
}

/** `field` itself for a field that these labels do not know. */
export function fieldLabel(step: string, field: string, labels: AnswerLabels = BUILT_IN): string {
  return fieldOf(labels, step, field)?.label ?? field
}

/** The steps in the order in which they are asked, then the others of `answers`. */
export function orderedSteps(answers: Record<string, unknown>, labels: AnswerLabels = BUILT_IN): string[] {
  const known = labels.map(({ id }) => id)
  return [...known, ...Object.keys(answers).filter((step) => !known.includes(step))]
}

/** The known fields of a step in the order in which they are asked, then the others of `answers`. */
export function orderedFields(step: string, answers: Record<string, unknown>, labels: AnswerLabels = BUILT_IN): string[] {
  const known = labels.find(({ id }) => id === step)?.fields.map(({ name }) => name) ?? []
  return [...known, ...Object.keys(answers).filter((field) => !known.includes(field))]
}

interface GivenAnswer {
  step: string
  field: string
  value: unknown
}

/** The parts of an answer as people read them: one for a single value, one for each of several; [] for no answer. */
export function answerTexts({ step, field, value }: GivenAnswer, labels: AnswerLabels = BUILT_IN): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => answerTexts({ step, field, value: item }, labels))
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'boolean') return [value ? 'Yes' : 'No']
  const options = fieldOf(labels, step, field)?.options
  if (typeof value === 'object') return [invitedColleague(value, options)]
  return [optionLabel(options, String(value))]
}

/** `answerTexts` by the built-in labels. */
export function answerParts(step: string, field: string, value: unknown): string[] {
  return answerTexts({ step, field, value })
}

function fieldOf(labels: AnswerLabels, step: string, field: string) {
  return labels.find(({ id }) => id === step)?.fields.find(({ name }) => name === field)
}

type Options = readonly { value: string; label: string }[] | undefined

function invitedColleague(value: object, roles: Options): string {
  const { email, role, ...others } = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, String(part)]))
  const name = email ?? Object.values(others).join(' ')
  return role ? `${name} (${optionLabel(roles, role)})` : name
}

function optionLabel(options: Options, value: string): string {
  return options?.find((option) => option.value === value)?.label ?? value
}
