import { type FunnelGroup, type FunnelVariant, MILESTONES, type Milestone, type Spread } from '@gangway/schemas/funnel'
import { MILESTONE_LABELS } from './group-text.ts'

/** A line of the comparison: of each variant, in their order, a number of people or a time. */
export type Line =
  | { kind: 'people'; label: string; group: FunnelGroup; people: number[] }
  | { kind: 'time'; label: string; spreads: (Spread | null)[] }

/** Who started, who completed each step, who came to each milestone, and how long it took. Steps stand as the first variant that has them does. */
export function linesOf(variants: readonly FunnelVariant[]): Line[] {
  const [start, ...others] = MILESTONES.map((milestone) => lineOf(milestone, variants))
  const titles = new Map(variants.flatMap(({ steps }) => steps.map(({ step, title }) => [step, title])))
  const steps = [...titles].map(([step, title]): Line => ({
    ...{ kind: 'people', label: `${title}: completed`, group: { at: 'step', step, what: 'completed' } },
    people: variants.map((variant) => variant.steps.find((one) => one.step === step)?.completed ?? 0),
  }))
  const time: Line = {
    ...{ kind: 'time', label: 'Median time to first value' },
    spreads: variants.map(({ timeToFirstValue }) => timeToFirstValue),
  }
  return [...(start ? [start] : []), ...steps, ...others, time]
}

function lineOf(milestone: Milestone, variants: readonly FunnelVariant[]): Line {
  return {
    ...{ kind: 'people', label: MILESTONE_LABELS[milestone], group: { at: 'milestone', milestone, what: 'reached' } },
    people: variants.map(({ people }) => people[milestone]),
  }
}
