import type { Condition } from '@gangway/schemas/manifest-conditions'
import type { ManifestField, ManifestStep } from '@gangway/schemas/manifest'
import { textIn } from '@gangway/schemas/manifest'

export const OPERATORS = [
  { value: 'equals', label: 'is' },
  { value: 'not-equals', label: 'is not' },
  { value: 'in', label: 'is one of' },
  { value: 'not-in', label: 'is none of' },
  { value: 'contains', label: 'contains' },
  { value: 'not-contains', label: 'does not contain' },
] as const
export type Operator = (typeof OPERATORS)[number]['value']

export interface Rule {
  /** `step.field`. */
  field: string
  operator: Operator
  values: string[]
}

/** What the builder shows: a list of rules of which all, or any, have to hold. */
export interface Rules {
  match: 'all' | 'any'
  rules: Rule[]
}

/** A question that a condition can be about: it is asked earlier. */
export interface EarlierQuestion {
  value: string
  label: string
  field: Pick<ManifestField, 'type' | 'options' | 'allowsOther'>
}

/** The rules of a condition; null for one that is nested deeper than the builder goes. */
export function rulesOf(condition: Condition | undefined): Rules | null {
  if (!condition) return { match: 'all', rules: [] }
  const match = 'any' in condition ? 'any' : 'all'
  const parts = 'any' in condition ? condition.any : 'all' in condition ? condition.all : [condition]
  const rules = parts.map(ruleOf)
  return rules.every((rule) => rule !== null) ? { match, rules } : null
}

function ruleOf(condition: Condition): Rule | null {
  if ('not' in condition) {
    const rule = ruleOf(condition.not)
    return rule && { ...rule, operator: NEGATED[rule.operator] }
  }
  if ('equals' in condition) return { field: condition.field, operator: 'equals', values: [String(condition.equals)] }
  if ('in' in condition) return { field: condition.field, operator: 'in', values: condition.in.map(String) }
  if ('contains' in condition) return { field: condition.field, operator: 'contains', values: [condition.contains] }
  return null
}

const NEGATED: Record<Operator, Operator> = {
  ...{ equals: 'not-equals', 'not-equals': 'equals', in: 'not-in' },
  ...{ 'not-in': 'in', contains: 'not-contains', 'not-contains': 'contains' },
}

/** The condition of these rules; undefined without any: what has none is asked of everybody. */
export function conditionOf({ match, rules }: Rules, earlier: readonly EarlierQuestion[]): Condition | undefined {
  const conditions = rules.map((rule) => simple(rule, earlier))
  const [only, ...others] = conditions
  if (!only) return undefined
  if (others.length === 0) return only
  return match === 'all' ? { all: conditions } : { any: conditions }
}

function simple({ field, operator, values }: Rule, earlier: readonly EarlierQuestion[]): Condition {
  const typed = values.map((value) =>
    typedValue(
      value,
      earlier.find((question) => question.value === field),
    ),
  )
  const [first = ''] = typed
  switch (operator) {
    case 'equals':
      return { field, equals: first }
    case 'not-equals':
      return { not: { field, equals: first } }
    case 'in':
      return { field, in: typed }
    case 'not-in':
      return { not: { field, in: typed } }
    case 'contains':
      return { field, contains: String(first) }
    case 'not-contains':
      return { not: { field, contains: String(first) } }
  }
}

function typedValue(value: string, question: EarlierQuestion | undefined): string | number | boolean {
  if (question?.field.type === 'boolean') return value === 'true'
  const number = Number(value)
  return question?.field.type === 'number' && value.trim() !== '' && Number.isFinite(number) ? number : value
}

/** The operators that make sense for a question. */
export function operatorsFor(question: EarlierQuestion | undefined) {
  const isList = question?.field.type === 'multi-select'
  return OPERATORS.filter(({ value }) => value.endsWith('contains') === isList)
}

/** The values that an answer can have, to be chosen from; [] where it is typed. */
export function valuesFor(question: EarlierQuestion | undefined): { value: string; label: string }[] {
  if (question?.field.type === 'boolean')
    return [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ]
  if (question?.field.allowsOther) return []
  return (question?.field.options ?? []).map(({ value, label }) => ({ value, label: textIn(label, 'en') || value }))
}

/** The questions before a step, or before a question of it. */
export function earlierQuestions(steps: readonly ManifestStep[], step: number, field = 0): EarlierQuestion[] {
  return steps.slice(0, step + 1).flatMap(({ id, title, fields }, index) =>
    fields.slice(0, index === step ? field : undefined).map((asked) => ({
      value: `${id}.${asked.name}`,
      label: `${textIn(title, 'en') || id}: ${textIn(asked.label, 'en') || asked.name}`,
      field: asked,
    })),
  )
}
