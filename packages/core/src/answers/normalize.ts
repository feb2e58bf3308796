import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import {
  type DraftAnswers,
  type DraftValue,
  type Role,
  roleSchema,
  type StepId,
  type StepPatch,
} from '@gangway/schemas/questionnaire'

const BUILT_IN_STEPS = BUILT_IN_MANIFEST.steps.map(({ id }) => id)

export interface NormalizedAnswers {
  answers: DraftAnswers
  role: Role | null
  /** `step.field=value`, one for each answer and each item of a list; sorted, without repeats. */
  flat: string[]
}

/** `full-name`, `full_name`, `FullName` and `fullName` are all `fullName`. */
export function canonicalKey(key: string): string {
  const joined = key.trim().replaceAll(/[-_\s]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

/**
 * What counts of a completed session's answers: canonical keys, trimmed texts, nothing empty, and neither skipped steps
 * nor steps other than `steps`: those that the session was asked.
 */
export function normalizeAnswers(
  raw: Readonly<Record<string, StepPatch>>,
  skippedSteps: readonly StepId[] = [],
  steps: readonly StepId[] = BUILT_IN_STEPS,
): NormalizedAnswers {
  const answers: DraftAnswers = {}
  for (const [key, fields] of canonicalEntries(raw)) {
    if (!steps.includes(key) || skippedSteps.includes(key)) continue
    const filled = normalizeFields(fields)
    if (Object.keys(filled).length > 0) answers[key] = { ...answers[key], ...filled }
  }
  return { answers, role: roleSchema.safeParse(answers['work']?.['role']).data ?? null, flat: flatten(answers) }
}

function normalizeFields(fields: StepPatch): StepPatch {
  const filled = canonicalEntries(fields).map(([field, value]) => [field, trimmed(value)] as const)
  return Object.fromEntries(filled.filter(([, value]) => !isEmpty(value)))
}

/** Entries under their canonical keys. One that was canonical already comes last, and so wins over other spellings. */
function canonicalEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  const entries = Object.entries(record)
  const spelled = entries.filter(([key]) => canonicalKey(key) !== key)
  const canonical = entries.filter(([key]) => canonicalKey(key) === key)
  return [...spelled, ...canonical].map(([key, value]) => [canonicalKey(key), value])
}

function trimmed(value: DraftValue): DraftValue {
  if (typeof value === 'string') return value.trim()
  if (!Array.isArray(value)) return value
  const texts = value.filter((item) => typeof item === 'string').map((text) => text.trim())
  if (texts.length === value.length) return texts.filter((text) => text !== '')
  return value
    .filter((item) => typeof item === 'object')
    .map((item) => Object.fromEntries(canonicalEntries(item).map(([key, text]) => [key, text.trim()])))
}

function isEmpty(value: DraftValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function flatten(answers: DraftAnswers): string[] {
  const flat = Object.entries(answers).flatMap(([step, fields]) =>
    Object.entries(fields).flatMap(([field, value]) => flattenValue(`${step}.${field}`, value)),
  )
  return [...new Set(flat)].toSorted()
}

function flattenValue(path: string, value: DraftValue): string[] {
  if (!Array.isArray(value)) return [`${path}=${value}`]
  return value.flatMap((item) =>
    typeof item === 'string' ? [`${path}=${item}`] : Object.entries(item).map(([key, text]) => `${path}.${key}=${text}`),
  )
}
