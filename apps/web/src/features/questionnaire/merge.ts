import { type DraftAnswers, type DraftValue, STEP_IDS, type StepId, type StepPatch } from '@gangway/schemas/questionnaire'

/** A field that both sides changed differently, until somebody picks. What was typed here stays in the answers. */
export interface Conflict {
  step: StepId
  field: string
  theirs: DraftValue
}

/** `answers` is `server` with what was typed since, and with what is in conflict left as it was typed. */
export interface Merged {
  server: DraftAnswers
  answers: DraftAnswers
  conflicts: Conflict[]
}

/** Whether two values are one answer. An empty text, an empty list and no answer are the same. */
export function same(one: DraftValue | undefined, other: DraftValue | undefined): boolean {
  return canonical(one) === canonical(other)
}

export function isEmpty(value: DraftValue | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

// Postgres gives the keys of an object back in an order of its own.
function canonical(value: DraftValue | undefined): string {
  if (isEmpty(value)) return ''
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** What the server does not have yet of a step; fields in conflict wait for the person. */
export function pendingPatch({ server, answers, conflicts }: Readonly<Merged>, step: StepId): StepPatch {
  const [known, typed] = [server[step] ?? {}, answers[step] ?? {}]
  const patch: StepPatch = {}
  for (const field of fieldsOf(known, typed)) {
    const value = typed[field]
    if (same(known[field], value) || conflicts.some((conflict) => isOf(conflict, step, field))) continue
    patch[field] = isEmpty(value) || value === undefined ? null : value
  }
  return patch
}

/**
 * Three ways, by field: what one side changed is taken, what both changed alike is no conflict, and what both changed
 * differently stays as typed and is a conflict. `local.server` is the base. Nothing typed is dropped.
 */
export function merge(local: Readonly<Merged>, theirs: DraftAnswers): Merged {
  const merged: Merged = { server: theirs, answers: {}, conflicts: [] }
  for (const step of STEP_IDS) {
    const [base, mine, remote] = [local.server[step] ?? {}, local.answers[step] ?? {}, theirs[step] ?? {}]
    const answers: StepPatch = {}
    for (const field of fieldsOf(base, mine, remote)) {
      const waiting = local.conflicts.some((conflict) => isOf(conflict, step, field))
      const side = pick({ base: base[field], mine: mine[field], theirs: remote[field], waiting })
      const value = side === 'theirs' ? remote[field] : mine[field]
      if (value !== undefined && value !== null) answers[field] = value
      if (side === 'conflict') merged.conflicts.push({ step, field, theirs: remote[field] ?? null })
    }
    if (Object.keys(answers).length > 0) merged.answers[step] = answers
  }
  return merged
}

type Sides = Record<'base' | 'mine' | 'theirs', DraftValue | undefined> & {
  /** The field is in conflict already, and nobody has picked. */
  waiting: boolean
}

function pick({ base, mine, theirs, waiting }: Sides): 'mine' | 'theirs' | 'conflict' {
  if (same(mine, theirs)) return 'theirs'
  if (waiting) return 'conflict'
  if (same(mine, base)) return 'theirs'
  return same(theirs, base) ? 'mine' : 'conflict'
}

export function isOf(conflict: Conflict, step: StepId, field: string): boolean {
  return conflict.step === step && conflict.field === field
}

function fieldsOf(...parts: StepPatch[]): string[] {
  return [...new Set(parts.flatMap((part) => Object.keys(part)))]
}
