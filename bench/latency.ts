import { LABELS } from './contenders/start.ts'
import { alternate, type Plan, type Results } from './rounds.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

/** How long a run takes that has the machine to itself, from the call to its last stage. */
export async function latency(plan: Plan): Promise<void> {
  await alternate(plan, (_atOnce, results) => {
    console.log(`\nlatency, one run at a time, ${plan.rounds} rounds of ${plan.seconds} s\n`)
    console.log(times(results))
  })
}

function times(results: Results): string {
  const rows = [...results].map(([name, rounds]) => ({
    label: LABELS[name],
    p50: spread(rounds.map(({ p50 }) => p50)),
    p99: spread(rounds.map(({ p99 }) => p99)),
  }))
  const own = rows[0]?.p50.median ?? Number.NaN
  return table(
    ['contender', 'p50 ms', 'min–max', 'p99 ms', 'min–max', 'Gangway ÷ it (p50)'],
    rows.map(({ label, p50, p99 }, index) => [
      ...[label, number(p50.median), range(p50), number(p99.median), range(p99)],
      ratio(own, index === 0 ? undefined : p50.median),
    ]),
  )
}
