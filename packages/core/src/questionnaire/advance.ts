import type { SaveInput } from '@gangway/schemas/onboarding'
import type { StepId, StepIssue } from '@gangway/schemas/questionnaire'
import { stepIssues } from '@gangway/schemas/questionnaire'
import { type Manifest, manifestOf } from './manifest.ts'
import { nextStep } from './next-step.ts'
import type { SessionRow } from './session-view.ts'

type Position = Pick<SessionRow, 'completedSteps' | 'skippedSteps' | 'currentStep'>

interface Advanced {
  position: Position
  /** What kept a step from being completed; the position is then that step. */
  issues: StepIssue[]
}

/** Where a save leaves the person. A step is never in both lists, and the lists keep the manifest's order. */
export function advance(row: SessionRow, { step, advance: move }: Pick<SaveInput, 'step' | 'advance'>): Advanced {
  const stay = { completedSteps: row.completedSteps, skippedSteps: row.skippedSteps, currentStep: step }
  if (!move) return { position: stay, issues: [] }
  const issues = move === 'complete' ? stepIssues(step, row.answers[step]) : []
  if (issues.length > 0) return { position: stay, issues }
  const manifest = manifestOf(row)
  const lists = {
    completedSteps: inOrder(manifest, move === 'complete' ? [...row.completedSteps, step] : without(row.completedSteps, step)),
    skippedSteps: inOrder(manifest, move === 'skip' ? [...row.skippedSteps, step] : without(row.skippedSteps, step)),
  }
  return { position: { ...lists, currentStep: nextStep(manifest, lists) ?? step }, issues: [] }
}

function without(steps: readonly StepId[], step: StepId): StepId[] {
  return steps.filter((other) => other !== step)
}

function inOrder({ steps }: Manifest, chosen: readonly StepId[]): StepId[] {
  return steps.map(({ id }) => id).filter((id) => chosen.includes(id))
}
