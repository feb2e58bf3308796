import type { StepId } from '@gangway/schemas/questionnaire'
import type { Manifest } from './manifest.ts'

export interface Progress {
  completedSteps: readonly StepId[]
  skippedSteps: readonly StepId[]
}

/** The first step of the manifest that is neither completed nor skipped; null when none is left. */
export function nextStep(manifest: Manifest, { completedSteps, skippedSteps }: Progress): StepId | null {
  const open = manifest.steps.find(({ id }) => !completedSteps.includes(id) && !skippedSteps.includes(id))
  return open?.id ?? null
}
