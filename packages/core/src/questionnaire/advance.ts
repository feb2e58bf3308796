import type { SaveInput } from '@gangway/schemas/onboarding'
import type { ManifestStep } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { stepIssues } from '@gangway/schemas/manifest-schema'
import type { StepId, StepIssue } from '@gangway/schemas/questionnaire'
import type { Questions } from './manifest.ts'
import { nextStep } from './next-step.ts'
import type { SessionRow } from './session-view.ts'

type Position = Pick<SessionRow, 'completedSteps' | 'skippedSteps' | 'currentStep'>

interface Advanced {
  position: Position
  /** What kept a step from being completed; the position is then that step. */
  issues: StepIssue[]
}

type Standing = Position & Pick<SessionRow, 'answers'>

/** Where a save leaves the person. A step is never in both lists, and the lists keep the manifest's order. */
export function advance(
  row: Standing,
  { steps, allSteps }: Pick<Questions, 'steps' | 'allSteps'>,
  { step, advance: move }: Pick<SaveInput, 'step' | 'advance'>,
): Advanced {
  const stay = { completedSteps: row.completedSteps, skippedSteps: row.skippedSteps, currentStep: step }
  if (!move) return { position: stay, issues: [] }
  const issues = move === 'complete' ? issuesOf(steps, row, step) : []
  if (issues.length > 0) return { position: stay, issues }
  const lists = {
    completedSteps: inOrder(allSteps, move === 'complete' ? [...row.completedSteps, step] : without(row.completedSteps, step)),
    skippedSteps: inOrder(allSteps, move === 'skip' ? [...row.skippedSteps, step] : without(row.skippedSteps, step)),
  }
  return { position: { ...lists, currentStep: nextStep(steps, { ...row, ...lists }) ?? step }, issues: [] }
}

/** A step that does not apply has nothing to be asked. */
function issuesOf(steps: readonly ManifestStep[], { answers, skippedSteps }: Standing, step: StepId): StepIssue[] {
  const asked = applicable(steps, { answers, skippedSteps: without(skippedSteps, step) })
  const found = asked.steps.find(({ id }) => id === step)
  return found ? stepIssues(found, asked.answers[step] ?? {}) : []
}

function without(steps: readonly StepId[], step: StepId): StepId[] {
  return steps.filter((other) => other !== step)
}

function inOrder(steps: readonly ManifestStep[], chosen: readonly StepId[]): StepId[] {
  return steps.map(({ id }) => id).filter((id) => chosen.includes(id))
}
