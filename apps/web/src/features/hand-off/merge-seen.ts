import { sameAnswer } from '@gangway/schemas/merge'
import type { DraftValue, StepPatch } from '@gangway/schemas/questionnaire'

export interface Difference {
  field: string
  theirs: DraftValue
}

/** What is to be sent: what differs from what the server has, as far as is known here. */
export function changedFields(seen: StepPatch, typed: StepPatch): StepPatch {
  return Object.fromEntries(Object.entries(typed).filter(([field, value]) => !sameAnswer(value, seen[field])))
}

/**
 * What the form shows after the owner has changed something: their values where nothing was typed, and what was typed
 * everywhere else. `differences` are the fields that both have changed, each to something else.
 */
export function mergeSeen(
  { seen, typed }: { seen: StepPatch; typed: StepPatch },
  theirs: StepPatch,
): { shown: StepPatch; differences: Difference[] } {
  const mine = changedFields(seen, typed)
  const differences = Object.keys(mine).flatMap((field): Difference[] => {
    const now = theirs[field] ?? null
    return sameAnswer(now, seen[field]) || sameAnswer(now, mine[field]) ? [] : [{ field, theirs: now }]
  })
  return { shown: { ...theirs, ...mine }, differences }
}
