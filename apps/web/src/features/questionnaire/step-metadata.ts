import { type ManifestStep, textIn } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import type { LanguageCode, StepId } from '@gangway/schemas/questionnaire'
import type { Metadata } from 'next'
import { EN, type Words } from '../words/en.ts'

interface Asked {
  steps: readonly ManifestStep[]
  language: LanguageCode
}

/** The title of a step's page: "Step 2 of 6: Your work". */
export function stepTitle(step: StepId, { steps, language }: Asked, words: Words): string {
  const index = steps.findIndex(({ id }) => id === step)
  if (index < 0) return words.questions
  return words.stepTitle(index + 1, steps.length, textIn(steps[index]?.title, language))
}

/** Until the wizard knows what it asks, and says so itself. */
export function stepMetadata(step: StepId): Metadata {
  return { title: { absolute: stepTitle(step, { ...BUILT_IN_MANIFEST, language: 'en' }, EN) } }
}
