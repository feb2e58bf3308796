import { type AnswerLabels, orderedFields, orderedSteps } from '@gangway/schemas/answer-labels'
import type { AnswerTotals } from '@gangway/schemas/answer-totals'

type FieldTotals = AnswerTotals['fields'][number]

/** How many people gave an answer, and which share of all who were counted; 0 to 1. */
export interface Amount {
  total: number
  share: number
}

export interface Bar {
  value: string
  /** null where it is not among those given most, so that its number is not known. */
  now: Amount | null
  /** Of the period that is compared with; undefined without one. */
  before: Amount | null | undefined
}

export interface Question {
  step: string
  field: string
  bars: Bar[]
  /** There are other answers, each given no more often than those that are known. */
  more: boolean
}

export interface Compared {
  now: AnswerTotals
  before?: AnswerTotals | undefined
}

/** Every question that somebody answered in either period, in the order of the questionnaire; its answers by how often they were given. */
export function questionsOf({ now, before }: Compared, labels: AnswerLabels): Question[] {
  const names = new Map(
    [...now.fields, ...(before?.fields ?? [])].map(({ step, field }) => [`${step}.${field}`, { step, field }]),
  )
  return [...names.values()].toSorted(byPlace([...names.values()], labels)).map((name) => questionOf(name, now, before))
}

interface Name {
  step: string
  field: string
}

function questionOf(name: Name, now: AnswerTotals, before: AnswerTotals | undefined): Question {
  const [field, other] = [fieldOf(now, name), before && fieldOf(before, name)]
  const values = new Set([...(field?.values ?? []), ...(other?.values ?? [])].map(({ value }) => value))
  const bars = [...values].map((value) => ({
    value,
    now: amountOf(value, field, now.people),
    before: before && amountOf(value, other, before.people),
  }))
  return { ...name, bars: bars.toSorted(byAmount), more: field?.more === true || other?.more === true }
}

function fieldOf(totals: AnswerTotals, { step, field }: Name): FieldTotals | undefined {
  return totals.fields.find((one) => one.step === step && one.field === field)
}

function amountOf(value: string, field: FieldTotals | undefined, people: number): Amount | null {
  const found = field?.values.find((one) => one.value === value)
  if (!found && field?.more) return null
  const total = found?.total ?? 0
  return { total, share: people === 0 ? 0 : total / people }
}

function byAmount(one: Bar, other: Bar): number {
  return (other.now?.total ?? -1) - (one.now?.total ?? -1) || (other.before?.total ?? -1) - (one.before?.total ?? -1)
}

/** Parts of an item (`invites.role`) stand where the whole would. */
function byPlace(names: readonly Name[], labels: AnswerLabels): (one: Name, other: Name) => number {
  const steps = orderedSteps(Object.fromEntries(names.map(({ step }) => [step, true])), labels)
  const place = ({ step, field }: Name) => orderedFields(step, { [whole(field)]: true }, labels).indexOf(whole(field))
  return (one, other) =>
    steps.indexOf(one.step) - steps.indexOf(other.step) || place(one) - place(other) || one.field.localeCompare(other.field)
}

function whole(field: string): string {
  return field.split('.')[0] ?? field
}

/** By how many percentage points the share has grown; null where it is not known. */
export function difference({ now, before }: Bar): number | null {
  return now && before ? (now.share - before.share) * 100 : null
}
