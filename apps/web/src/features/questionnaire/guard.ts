import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { STEP_IDS, type StepId } from '@gangway/schemas/questionnaire'

type Position = Pick<OnboardingSession, 'status' | 'nextStep'>

/** Where somebody who asks for `step` belongs: there, at their first incomplete step, or out of the wizard. */
export function guard({ status, nextStep }: Position, step: StepId): StepId | 'home' {
  if (status === 'completed') return 'home'
  return canOpen({ status, nextStep }, step) ? step : (nextStep ?? step)
}

/** Steps up to the first incomplete one can be opened, in any order. */
export function canOpen({ nextStep }: Position, step: StepId): boolean {
  return nextStep === null || STEP_IDS.indexOf(step) <= STEP_IDS.indexOf(nextStep)
}

export function stepAfter(step: StepId): StepId | null {
  return STEP_IDS[STEP_IDS.indexOf(step) + 1] ?? null
}

export function stepBefore(step: StepId): StepId | null {
  return STEP_IDS[STEP_IDS.indexOf(step) - 1] ?? null
}
