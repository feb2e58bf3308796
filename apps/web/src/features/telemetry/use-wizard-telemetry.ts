import { isOf } from '@gangway/schemas/merge'
import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { StepIssue } from '@gangway/schemas/questionnaire'
import { useEffect, useEffectEvent } from 'react'
import { outbox } from '../offline/outbox.ts'
import { unsentOf } from '../offline/queue.ts'
import { answers } from '../questionnaire/answers.ts'
import type { SaveStatus } from '../questionnaire/save-engine.ts'
import { useApiOrigin } from '../shell/api-origin.ts'
import { startTelemetry, track } from './telemetry.ts'

/** When each step was shown last on this page, by `performance.now()`. */
const viewedAt = new Map<string, number>()
let wasResumed = false
/** The wizard was left on this page, whether or not a step had been shown by then. */
let wasLeft = false

interface Shown {
  step: string
  /** Undefined while the step is not shown yet. */
  session: OnboardingSession | undefined
  /** How many steps there are. */
  of: number
  saving: SaveStatus['kind']
}

/** Tells which steps are seen, who has come back, and what could not be saved at once. For the wizard's shell. */
export function useWizardTelemetry({ step, session, of, saving }: Shown): void {
  const origin = useApiOrigin()
  useEffect(() => startTelemetry(origin), [origin])

  const isShown = session !== undefined
  const tell = useEffectEvent((current: string) => {
    if (session && !wasResumed) resume(session, of)
    viewedAt.set(current, performance.now())
    track({ name: 'step_viewed', step: current, props: {} })
  })
  useEffect(() => {
    if (isShown) tell(step)
  }, [isShown, step])
  const tellQueued = useEffectEvent(() => {
    const waiting = unsentOf(outbox.store.getState().saves, session?.id ?? null).length
    track({ name: 'save_queued', step, props: { waiting } })
  })
  useEffect(() => {
    if (saving === 'queued') tellQueued()
  }, [saving])
  useEffect(
    () =>
      answers.store.subscribe(({ conflicts }, { conflicts: before }) => {
        const fresh = conflicts.filter((conflict) => !before.some((open) => isOf(open, conflict.step, conflict.field)))
        for (const of of new Set(fresh.map((conflict) => conflict.step))) {
          const fields = fresh.filter((conflict) => conflict.step === of).length
          track({ name: 'save_conflicted', step: of, props: { fields } })
        }
      }),
    [],
  )
  // Whoever leaves the wizard and comes back to it, on the same page, has resumed as well.
  useEffect(
    () => () => {
      wasResumed = false
      wasLeft = true
    },
    [],
  )
}

/** A reload of the page is no return. */
function resume({ revision, currentStep, completedSteps, skippedSteps }: OnboardingSession, of: number): void {
  wasResumed = true
  if (revision === 0 || (!wasLeft && isReloaded())) return
  track({ name: 'resumed', step: currentStep, props: { completed: completedSteps.length, skipped: skippedSteps.length, of } })
}

function isReloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation')
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload'
}

/** The step was completed or skipped, and the server has it. */
export function trackLeft(step: string, move: 'complete' | 'skip'): void {
  const elapsedMs = Math.round(performance.now() - (viewedAt.get(step) ?? performance.now()))
  track({ name: move === 'skip' ? 'step_skipped' : 'step_completed', step, props: { elapsedMs } })
}

const NAME = /^[\w.-]{0,80}$/

/** What kept somebody on the step: the names of fields and of rules, and nothing that was typed. */
export function trackInvalid(step: string, issues: readonly StepIssue[]): void {
  const named = issues.filter(({ field, code }) => NAME.test(field) && NAME.test(code)).slice(0, 20)
  track({ name: 'validation_failed', step, props: { issues: named.map(({ field, code }) => ({ field, code })) } })
}
