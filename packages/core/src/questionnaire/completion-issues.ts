import type { StepId, StepIssue } from '@gangway/schemas/questionnaire'
import { stepIssues } from '@gangway/schemas/questionnaire'
import { manifestOf } from './manifest.ts'
import type { SessionRow } from './session-view.ts'

/** The steps whose answers count: the required ones, and those that were answered and not skipped. In order. */
export function stepsToSubmit(row: SessionRow): StepId[] {
  return manifestOf(row)
    .steps.filter(({ id, required }) => required || (row.answers[id] !== undefined && !row.skippedSteps.includes(id)))
    .map(({ id }) => id)
}

/** What keeps the questionnaire from being completed, in the order of the steps. */
export function completionIssues(row: SessionRow): StepIssue[] {
  return stepsToSubmit(row).flatMap((step) => stepIssues(step, row.answers[step]))
}
