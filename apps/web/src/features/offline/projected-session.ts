import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { StepId } from '@gangway/schemas/questionnaire'
import { unsentOf } from './queue.ts'
import type { QueuedSave } from './queued-save.ts'

/**
 * The session as it will be once the server has what waits: people who go on without a network have done the steps that
 * they have left. Which one is next is `withNextStep`'s to say.
 */
export function projectedSession(session: OnboardingSession, saves: readonly QueuedSave[]): OnboardingSession {
  return moves(session, saves).reduce((known, { step, advance }) => {
    const others = (steps: readonly StepId[]) => steps.filter((other) => other !== step)
    const [completed, skipped] = [others(known.completedSteps), others(known.skippedSteps)]
    return {
      ...known,
      completedSteps: advance === 'complete' ? [...completed, step] : completed,
      skippedSteps: advance === 'skip' ? [...skipped, step] : skipped,
    }
  }, session)
}

/** The server's word for it where there is one, and the first step that is not done where steps wait to be sent. */
export function withNextStep(
  session: OnboardingSession,
  saves: readonly QueuedSave[],
  steps: readonly { id: StepId }[],
): OnboardingSession {
  if (moves(session, saves).length === 0) return session
  const isDone = ({ id }: { id: StepId }) => session.completedSteps.includes(id) || session.skippedSteps.includes(id)
  return { ...session, nextStep: steps.find((step) => !isDone(step))?.id ?? null }
}

function moves({ id }: OnboardingSession, saves: readonly QueuedSave[]): QueuedSave[] {
  return unsentOf(saves, id).filter(({ advance }) => advance !== undefined)
}
