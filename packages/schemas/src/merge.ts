import type { DraftAnswers, DraftValue, StepId, StepPatch } from './questionnaire.ts'

/*
 * Three ways, by field. `base` is what both sides began with:
 *
 *  mine = theirs             either: both changed it alike, or nobody did
 *  mine = base               theirs: only they changed it
 *  theirs = base             mine:   only I changed it
 *  all three are different   conflict, until the person picks
 *
 * The server, the browser's tabs and the queue of unsent saves all decide by this.
 */

/** Whether a value is no answer: an empty text, an empty list and nothing at all are the same. */
export function isNoAnswer(value: DraftValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Whether two values are one answer. The order of a row's keys makes no difference, the order of rows does. */
export function sameAnswer(one: DraftValue | undefined, other: DraftValue | undefined): boolean {
  if (one === other) return true
  if (isNoAnswer(one) || isNoAnswer(other)) return isNoAnswer(one) && isNoAnswer(other)
  // Texts and flags that are not identical are different; lists and rows have to be looked into.
  return typeof one === 'object' && typeof other === 'object' && canonical(one) === canonical(other)
}

// Postgres gives the keys of an object back in an order of its own.
function canonical(value: DraftValue): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

export type Side = 'mine' | 'theirs' | 'conflict'

/** Whose value of a field is taken. */
export function mergeField({ base, mine, theirs }: Record<'base' | 'mine' | 'theirs', DraftValue | undefined>): Side {
  if (sameAnswer(mine, theirs) || sameAnswer(mine, base)) return 'theirs'
  return sameAnswer(theirs, base) ? 'mine' : 'conflict'
}

/** A field that both sides changed differently. What was typed here stays in the answers until somebody picks. */
export interface OpenConflict {
  step: StepId
  field: string
  theirs: DraftValue
}

/** `answers` is `server` with what was typed since, and with what is in conflict left as it was typed. */
export interface Merged {
  server: DraftAnswers
  answers: DraftAnswers
  conflicts: OpenConflict[]
}

/** What this side typed on `local.server`, merged with what the server has now. Nothing typed is dropped. */
export function mergeAnswers(local: Readonly<Merged>, theirs: DraftAnswers): Merged {
  const merged: Merged = { server: theirs, answers: {}, conflicts: [] }
  const all = new Map(stepsOf(local.server, local.answers, theirs).map((step) => [step, new Map<string, DraftValue>()]))
  for (const [step, answers] of all) {
    const [base, mine, remote] = [fieldsOf(local.server, step), fieldsOf(local.answers, step), fieldsOf(theirs, step)]
    for (const field of namesOf(base, mine, remote)) {
      const sides = { base: base[field], mine: mine[field], theirs: remote[field] }
      // A conflict that nobody has settled stays one, wherever the server goes meanwhile.
      const waits = local.conflicts.some((open) => isOf(open, step, field)) && !sameAnswer(sides.mine, sides.theirs)
      const side = waits ? 'conflict' : mergeField(sides)
      const value = side === 'theirs' ? sides.theirs : sides.mine
      if (value !== undefined && value !== null) answers.set(field, value)
      if (side === 'conflict') merged.conflicts.push({ step, field, theirs: sides.theirs ?? null })
    }
  }
  merged.answers = Object.fromEntries(
    [...all].filter(([, answers]) => answers.size > 0).map(([step, answers]) => [step, Object.fromEntries(answers)]),
  )
  return merged
}

/** What the server does not have yet of a step; fields in conflict wait for the person. */
export function pendingPatch({ server, answers, conflicts }: Readonly<Merged>, step: StepId): StepPatch {
  const [known, typed] = [fieldsOf(server, step), fieldsOf(answers, step)]
  const patch: StepPatch = {}
  for (const field of namesOf(known, typed)) {
    const value = typed[field]
    if (sameAnswer(known[field], value) || conflicts.some((open) => isOf(open, step, field))) continue
    patch[field] = isNoAnswer(value) || value === undefined ? null : value
  }
  return patch
}

export function isOf(conflict: Pick<OpenConflict, 'step' | 'field'>, step: string, field: string): boolean {
  return conflict.step === step && conflict.field === field
}

/** Puts a patch on one step of the answers. */
export function withPatch(answers: DraftAnswers, step: StepId, patch: StepPatch): DraftAnswers {
  return { ...answers, [step]: { ...fieldsOf(answers, step), ...patch } }
}

/** The fields of one step; {} for a step without any. */
export function fieldsOf(answers: DraftAnswers, step: StepId): StepPatch {
  return answers[step] ?? {}
}

/** The steps that any of these answers has. Sorted: conflicts keep their places whoever has listed the steps. */
export function stepsOf(...answers: DraftAnswers[]): StepId[] {
  return namesOf(...answers)
}

function namesOf<Part extends object>(...parts: Part[]): Extract<keyof Part, string>[] {
  const names = new Set<Extract<keyof Part, string>>()
  for (const part of parts) for (const name in part) names.add(name)
  return [...names].toSorted()
}
