import type { Funnel, FunnelGroup, Stop, Stopped } from '@gangway/schemas/funnel'
import { AFTER_LABELS, MILESTONE_LABELS } from './group-text.ts'

/** A step or a milestone, in the order in which people come to them. */
export interface Place {
  id: string
  label: string
  /** Where those are who stopped. */
  stopLabel: string
  people: number
  stopped: Stopped
  /** Everybody who came here. */
  reached: FunnelGroup
  stoppedBy: (reason: Stop) => FunnelGroup
}

/** `started`, then the steps, then the other milestones. */
export function placesOf({ steps, milestones }: Funnel): Place[] {
  const [started, ...others] = milestones.map(({ milestone, people, stopped }): Place => {
    const at = 'milestone' as const
    return {
      ...{
        id: `milestone ${milestone}`,
        label: MILESTONE_LABELS[milestone],
        stopLabel: AFTER_LABELS[milestone],
        people,
        stopped,
      },
      reached: { at, milestone, what: 'reached' },
      stoppedBy: (what) => ({ at, milestone, what }),
    }
  })
  const seen = steps.map(({ step, title, viewed, stopped }): Place => {
    const at = 'step' as const
    return {
      ...{ id: `step ${step}`, label: title, stopLabel: title, people: viewed, stopped },
      reached: { at, step, what: 'viewed' },
      stoppedBy: (what) => ({ at, step, what }),
    }
  })
  return [...(started ? [started] : []), ...seen, ...others]
}

export function allStopped({ waiting, left, validation, system }: Stopped): number {
  return waiting + left + validation + system
}

/** The parts of a place's bar, as shares of all who started: who went on, then who did not. */
export function barOf({ people, stopped }: Pick<Place, 'people' | 'stopped'>, started: number): Record<'on' | Stop, number> {
  const share = (part: number) => (started === 0 ? 0 : part / started)
  const { waiting, left, validation, system } = stopped
  return {
    on: share(Math.max(0, people - allStopped(stopped))),
    ...{ left: share(left), validation: share(validation), system: share(system), waiting: share(waiting) },
  }
}
