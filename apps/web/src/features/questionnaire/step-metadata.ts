import { STEPS, type StepId } from '@gangway/schemas/questionnaire'
import type { Metadata } from 'next'

/** The title of a step's page: "Step 2 of 6: Your work". */
export function stepMetadata(step: StepId): Metadata {
  const index = STEPS.findIndex(({ id }) => id === step)
  return { title: { absolute: `Step ${index + 1} of ${STEPS.length}: ${STEPS[index]?.title ?? ''}` } }
}
