import type { onboardingSessions } from '@gangway/db/schema'
import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { Questions } from './manifest.ts'
import { nextStep } from './next-step.ts'

export type SessionRow = typeof onboardingSessions.$inferSelect

/** A session as its owner sees it. */
export function sessionView(row: SessionRow, { steps }: Pick<Questions, 'steps'>): OnboardingSession {
  return {
    id: row.id,
    status: row.status,
    schemaVersion: row.schemaVersion,
    manifestVersion: row.manifestVersion,
    variant: row.variant,
    answers: row.answers,
    completedSteps: row.completedSteps,
    skippedSteps: row.skippedSteps,
    currentStep: row.currentStep,
    nextStep: nextStep(steps, row),
    revision: row.revision,
    checksum: row.checksum,
    updatedAt: row.updatedAt,
    completedAt: row.completedAt,
    ...(row.resetAt && { resetAt: row.resetAt }),
  }
}
