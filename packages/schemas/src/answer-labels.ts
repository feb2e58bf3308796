import * as z from 'zod/mini'
import { type FieldOption, type Localized, type ManifestStep, textIn } from './manifest.ts'
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

const YES_OR_NO: readonly FieldOption[] = [
  { value: 'true', label: { en: 'Yes', de: 'Ja', es: 'Sí', fr: 'Oui' } },
  { value: 'false', label: { en: 'No', de: 'Nein', es: 'No', fr: 'Non' } },
]

const WORKSPACE: readonly { name: string; label: Localized; options?: readonly FieldOption[] }[] = [
  {
    name: 'mode',
    label: { en: 'Workspace', de: 'Workspace', es: 'Espacio de trabajo', fr: 'Espace de travail' },
    options: [
      { value: 'create', label: { en: 'A new one', de: 'Ein neuer', es: 'Uno nuevo', fr: 'Un nouveau' } },
      {
        value: 'join',
        label: { en: "A colleague's", de: 'Der von jemand anderem', es: 'El de otra persona', fr: "Celui de quelqu'un" },
      },
    ],
  },
  {
    name: 'name',
    label: {
      en: 'Workspace name',
      de: 'Name des Workspaces',
      es: 'Nombre del espacio de trabajo',
      fr: "Nom de l'espace de travail",
    },
  },
  { name: 'slug', label: { en: 'Slug', de: 'Kurzname', es: 'Nombre corto', fr: 'Nom court' } },
  {
    name: 'inviteCode',
    label: { en: 'Invitation code', de: 'Einladungscode', es: 'Código de invitación', fr: "Code d'invitation" },
  },
]

export function labelsOf(steps: readonly ManifestStep[], language: LanguageCode = 'en'): AnswerLabels {
  const labelled = (name: string, label: Localized, options: readonly FieldOption[] = []) => ({
    ...{ name, label: textIn(label, language) },
    options: options.map((option) => ({ value: option.value, label: textIn(option.label, language) })),
  })
  return steps.map(({ id, kind, title, fields }) => ({
    ...{ id, title: textIn(title, language) },
    fields:
      kind === 'create-or-join'
        ? WORKSPACE.map(({ name, label, options }) => labelled(name, label, options))
        : fields.map(({ name, type, label, options }) => labelled(name, label, type === 'boolean' ? YES_OR_NO : options)),
  }))
}

export const BUILT_IN_LABELS = labelsOf(BUILT_IN_MANIFEST.steps)

/** The labels of several manifests in one: the first that knows a step, a question or an option names it. */
export function mergeLabels(all: readonly AnswerLabels[]): AnswerLabels {
  return firstOf(all.flat(), ({ id }) => id).map((step) => {
    const fields = all
      .flat()
      .filter(({ id }) => id === step.id)
      .flatMap((version) => version.fields)
    return { ...step, fields: mergeFields(fields) }
  })
}

function mergeFields(all: LabelledStep['fields']): LabelledStep['fields'] {
  return firstOf(all, ({ name }) => name).map((field) => {
    const options = all.filter(({ name }) => name === field.name).flatMap((version) => version.options)
    return { ...field, options: firstOf(options, ({ value }) => value) }
  })
}

/** The first of those that have one key. */
function firstOf<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...Map.groupBy(items, key).values()].flatMap(([first]) => (first === undefined ? [] : [first]))
}

/** `id` itself for a step that these labels do not know. */
export function stepLabel(id: string, labels: AnswerLabels = BUILT_IN_LABELS): string {
  return labels.find((step) => step.id === id)?.title ?? id
}

/** `field` itself for a field that these labels do not know. */
export function fieldLabel(step: string, field: string, labels: AnswerLabels = BUILT_IN_LABELS): string {
  return fieldOf(labels, step, field)?.label ?? field
}

/** The steps in the order in which they are asked, then the others of `answers`. */
export function orderedSteps(answers: Record<string, unknown>, labels: AnswerLabels = BUILT_IN_LABELS): string[] {
  const known = labels.map(({ id }) => id)
  return [...known, ...Object.keys(answers).filter((step) => !known.includes(step))]
}

/** The known fields of a step in the order in which they are asked, then the others of `answers`. */
export function orderedFields(step: string, answers: Record<string, unknown>, labels: AnswerLabels = BUILT_IN_LABELS): string[] {
  const known = labels.find(({ id }) => id === step)?.fields.map(({ name }) => name) ?? []
  return [...known, ...Object.keys(answers).filter((field) => !known.includes(field))]
}

interface GivenAnswer {
  step: string
  field: string
  value: unknown
}

/** The parts of an answer as people read them: one for a single value, one for each of several; [] for no answer. */
export function answerTexts({ step, field, value }: GivenAnswer, labels: AnswerLabels = BUILT_IN_LABELS): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => answerTexts({ step, field, value: item }, labels))
  if (value === null || value === undefined || value === '') return []
  const options = fieldOf(labels, step, field)?.options
  if (typeof value === 'boolean' && !options?.length) return [value ? 'Yes' : 'No']
  if (typeof value === 'object') return [invitedColleague(value, options)]
  return [optionLabel(options, String(value))]
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
