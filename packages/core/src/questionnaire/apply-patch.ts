import type { DraftAnswers, StepId, StepPatch } from '@gangway/schemas/questionnaire'

interface AppliedPatch {
  answers: DraftAnswers
  /** The patched fields as they were; null where there was nothing. */
  before: StepPatch
}

/** Puts a patch on one step's answers: null takes a field away, and a step without fields goes with its last one. */
export function applyPatch(answers: DraftAnswers, step: StepId, patch: StepPatch): AppliedPatch {
  const old = answers[step] ?? {}
  const { [step]: _replaced, ...others } = answers
  const kept = Object.entries({ ...old, ...patch }).filter(([, value]) => value !== null)
  return {
    answers: kept.length === 0 ? others : { ...others, [step]: Object.fromEntries(kept) },
    before: Object.fromEntries(Object.keys(patch).map((field) => [field, old[field] ?? null])),
  }
}
