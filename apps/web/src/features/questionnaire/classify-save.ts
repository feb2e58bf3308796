import type { Problem } from '@gangway/schemas/errors'
import {
  type OnboardingSession,
  onboardingSessionSchema,
  saveConflictSchema,
  stepIssuesSchema,
} from '@gangway/schemas/onboarding'
import type { StepIssue } from '@gangway/schemas/questionnaire'
import * as z from 'zod/mini'
import { canRetry, problemOf, statusOf } from '../../trpc/problem.ts'

export type Failure =
  | { kind: 'stale'; session: OnboardingSession; problem: Problem }
  | { kind: 'signed-out'; problem: Problem }
  /** `session` where the patch was stored all the same, and only the step could not be completed. */
  | { kind: 'refused'; problem: Problem; session?: OnboardingSession }
  | { kind: 'transient'; problem: Problem }

const withSessionSchema = z.object({ session: onboardingSessionSchema })

/** What a save that failed means: who has to do something, or that the same again can help. */
export function classifySave(error: unknown): Failure {
  const problem = problemOf(error)
  if (statusOf(error) === 401) return { kind: 'signed-out', problem }
  if (problem.code === 'REVISION_CONFLICT') {
    const conflict = saveConflictSchema.safeParse(problem.details)
    if (conflict.success) return { kind: 'stale', session: conflict.data.session, problem }
  }
  if (canRetry(error)) return { kind: 'transient', problem }
  const stored = withSessionSchema.safeParse(problem.details)
  return { kind: 'refused', problem, ...(stored.success && { session: stored.data.session }) }
}

/** What the server found missing or wrong; [] for a problem of another kind. */
export function issuesOf(problem: Problem): StepIssue[] {
  const parsed = stepIssuesSchema.safeParse(problem.details)
  return parsed.success ? parsed.data.issues : []
}
