import { type AnswerLabels, labelsOf } from '@gangway/schemas/answer-labels'
import { languageFor, type ManifestStep, type SessionManifest } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import type { DraftAnswers, LanguageCode } from '@gangway/schemas/questionnaire'

/** What the wizard asks this person now. */
export interface Questions {
  /** The steps that apply, each with the questions that apply. */
  steps: readonly ManifestStep[]
  /** The same steps with all of their questions: what was typed into one that is hidden now is kept. */
  allSteps: readonly ManifestStep[]
  language: LanguageCode
  labels: AnswerLabels
}

/** What is asked where the server cannot be reached and has said nothing yet. */
export const BUILT_IN: SessionManifest = { ...BUILT_IN_MANIFEST, variant: 'control' }

interface Given {
  skippedSteps: readonly string[]
  /** The languages that the person's browser prefers, the best first. */
  languages: readonly string[]
}

/**
 * Tells what applies to given answers. While steps and questions stay the same, so does the object: only when one comes
 * or goes does the wizard have to be drawn anew.
 */
export function questionsFollower(manifest: SessionManifest, { skippedSteps, languages }: Given) {
  let last: { shape: string; questions: Questions } | undefined
  return (answers: DraftAnswers): Questions => {
    const { steps } = applicable(manifest.steps, { answers, skippedSteps })
    const language = languageFor(manifest.languages, [answers['preferences']?.['language'], ...languages])
    const shape = `${language};${steps.map(({ id, fields }) => `${id}:${fields.map(({ name }) => name).join()}`).join(';')}`
    if (last?.shape !== shape) {
      const { steps: allSteps } = manifest
      last = { shape, questions: { steps, allSteps, language, labels: labelsOf(allSteps, language) } }
    }
    return last.questions
  }
}
