import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { RestOnboardingProgress } from '@gangway/schemas/rest/onboarding'

/** A session in REST's names. Answers keep the names that the questionnaire gives them. */
export function progressOf(session: OnboardingSession): RestOnboardingProgress {
  const { id, status, variant, answers, revision, checksum } = session
  return {
    ...{ id, status, variant, answers, revision, checksum },
    schema_version: session.schemaVersion,
    manifest_version: session.manifestVersion,
    completed_steps: session.completedSteps,
    skipped_steps: session.skippedSteps,
    current_step: session.currentStep,
    next_step: session.nextStep,
    updated_at: session.updatedAt.toISOString(),
    completed_at: session.completedAt?.toISOString() ?? null,
  }
}
