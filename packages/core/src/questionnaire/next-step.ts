import type { ManifestStep } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import type { DraftAnswers, StepId } from '@gangway/schemas/questionnaire'

export interface Progress {
  answers: DraftAnswers
  completedSteps: readonly StepId[]
  skippedSteps: readonly StepId[]
}

/** The first step that applies and is neither completed nor skipped; null when none is left. */
export function nextStep(steps: readonly ManifestStep[], progress: Progress): StepId | null {
  const { completedSteps, skippedSteps } = progress
  const open = applicable(steps, progress).steps.find(({ id }) => !completedSteps.includes(id) && !skippedSteps.includes(id))
  return open?.id ?? null
}
