import type { Spread } from '@gangway/schemas/funnel'

interface Took {
  seconds: number
  people: number
}

/** The least time within which half of the people, and nine in ten, were done: as `percentile_disc` has it. Null for nobody. */
export function spreadOf(took: readonly Took[]): Spread | null {
  const sorted = took.toSorted((one, other) => one.seconds - other.seconds)
  const all = sorted.reduce((sum, { people }) => sum + people, 0)
  if (all === 0) return null
  const within = (tenths: number) => {
    let done = 0
    return sorted.find(({ people }) => (done += people) * 10 >= all * tenths)?.seconds ?? 0
  }
  return { median: within(5), p90: within(9) }
}
