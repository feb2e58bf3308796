import type { ManifestStep } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { stepIssues, validAnswers } from '@gangway/schemas/manifest-schema'
import type { DraftAnswers, StepIssue, StepPatch } from '@gangway/schemas/questionnaire'
import type { SessionRow } from './session-view.ts'

type Answered = Pick<SessionRow, 'answers' | 'skippedSteps' | 'completedSteps'>

interface Submission {
  /** The steps whose answers count: the required ones, and those that were answered and not skipped. In order. */
  steps: ManifestStep[]
  answers: DraftAnswers
}

/** What a session would submit now: nothing of a step or a question that does not apply. */
export function submissionOf(steps: readonly ManifestStep[], row: Answered): Submission {
  const asked = applicable(steps, row)
  const counted = asked.steps.filter(({ id, required }) => required || asked.answers[id] !== undefined)
  return { steps: counted, answers: asked.answers }
}

/** What keeps the questionnaire from being completed, in the order of the steps. */
export function completionIssues({ steps, answers }: Submission, row: Answered): StepIssue[] {
  return steps.flatMap((step) => {
    const given = answers[step.id] ?? {}
    const asked = row.completedSteps.includes(step.id) ? withoutLateQuestions(step, given) : step
    return stepIssues(asked, given)
  })
}

/** A flag that was turned on after somebody had left a step sends nobody back to it. */
function withoutLateQuestions(step: ManifestStep, given: StepPatch): ManifestStep {
  return { ...step, fields: step.fields.filter(({ flag, name }) => flag === undefined || given[name] !== undefined) }
}

/** The answers as they are kept for good. They are valid: there were no issues. */
export function submittedAnswers({ steps, answers }: Submission): DraftAnswers {
  return Object.fromEntries(
    steps.flatMap((step) => {
      const kept = validAnswers(step, answers[step.id] ?? {}) ?? answers[step.id] ?? {}
      return Object.keys(kept).length > 0 ? [[step.id, kept]] : []
    }),
  )
}
