import type { Problem } from '@gangway/schemas/errors'
import type { SaveInput } from '@gangway/schemas/onboarding'
import type { StepId, StepIssue } from '@gangway/schemas/questionnaire'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { trackLeft } from '../telemetry/use-wizard-telemetry.ts'
import { answers } from './answers.ts'
import { issuesOf } from './classify-save.ts'
import { focusConflict } from './conflict-panel.tsx'
import { followDeparture } from './follow-departure.ts'
import { stepAfter } from './guard.ts'
import type { Outcome } from './save-engine.ts'
import { useWizard } from './wizard-context.ts'

/** Why somebody is still on the same step. Both are null where the page itself says why: a conflict. */
export interface Held {
  issues: StepIssue[] | null
  problem: Problem | null
}

type Move = NonNullable<SaveInput['advance']>

/** Saves a step and goes on to the next, or completes after the last. Answers null when the page is being left. */
export function useAdvance(step: StepId): (move: Move) => Promise<Held | null> {
  const { engine, questions, issues, setIssues, goTo, setLeaving } = useWizard()
  const router = useRouter()
  const queryClient = useQueryClient()
  const trpc = useTRPC()

  /** People with a workspace of their own go on to its plan; those who have paid or joined one are done. */
  async function destination(): Promise<string> {
    const { answers: given } = answers.snapshot()
    if (given['workspace']?.['mode'] === 'join') return paths.home()
    const runs = await queryClient.fetchQuery(trpc.provisioning.mine.queryOptions()).catch(() => [])
    return runs.length > 0 ? paths.home() : paths.plan()
  }

  async function finish(): Promise<Held | null> {
    setLeaving(true)
    const outcome = await engine.complete()
    if (outcome.kind === 'saved') {
      // Completing by invitation makes somebody a member.
      void queryClient.invalidateQueries(trpc.organizations.mine.queryFilter())
      router.push(await destination())
      return null
    }
    setLeaving(false)
    const held = heldBy(outcome)
    const first = held.issues?.[0]
    if (!held.issues || !first) return held
    setIssues(held.issues)
    if (first.step === step) return held
    goTo(first.step)
    return null
  }

  return async (move) => {
    const hasDeparted = followDeparture()
    const outcome = await engine.flush(step, move)
    const isElsewhere = hasDeparted()
    if (outcome.kind !== 'saved' && outcome.kind !== 'queued') return heldBy(outcome)
    trackLeft(step, move)
    // Which questions are asked may depend on what has been saved.
    void queryClient.invalidateQueries(trpc.onboarding.manifest.queryFilter())
    setIssues(issues.filter((issue) => issue.step !== step))
    // Nobody is fetched back from where they went while it was saved.
    if (isElsewhere) return { issues: null, problem: null }
    const next = stepAfter(step, questions.steps)
    if (next === null) return finish()
    goTo(next)
    return null
  }
}

function heldBy(outcome: Exclude<Outcome, { kind: 'saved' }>): Held {
  if (outcome.kind === 'unreachable') return { issues: null, problem: outcome.problem }
  if (outcome.kind === 'conflict') focusConflict()
  if (outcome.kind !== 'refused') return { issues: null, problem: null }
  const issues = issuesOf(outcome.problem)
  return issues.length > 0 ? { issues, problem: null } : { issues: null, problem: outcome.problem }
}
