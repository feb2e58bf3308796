import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { StepId } from '@gangway/schemas/questionnaire'

type Position = Pick<OnboardingSession, 'status' | 'nextStep'>
type Steps = readonly { id: StepId }[]

/** Where somebody who asks for `step` belongs: there, at their first incomplete step, or out of the wizard (null). */
export function guard({ status, nextStep }: Position, step: StepId, steps: Steps): StepId | null {
  if (status === 'completed') return null
  if (canOpen({ nextStep }, step, steps)) return step
  const known = steps.find(({ id }) => id === nextStep) ?? steps[0]
  return known?.id ?? null
}

/** Steps up to the first incomplete one can be opened, in any order. */
export function canOpen({ nextStep }: Pick<Position, 'nextStep'>, step: StepId, steps: Steps): boolean {
  const [place, limit] = [placeOf(steps, step), placeOf(steps, nextStep)]
  return place >= 0 && (limit < 0 || place <= limit)
}

export function stepAfter(step: StepId, steps: Steps): StepId | null {
  return steps[placeOf(steps, step) + 1]?.id ?? null
}

export function stepBefore(step: StepId, steps: Steps): StepId | null {
  return steps[placeOf(steps, step) - 1]?.id ?? null
}

function placeOf(steps: Steps, step: StepId | null): number {
  return steps.findIndex(({ id }) => id === step)
}
