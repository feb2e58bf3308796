import { LABELS } from './contenders/start.ts'
import { alternate, type Plan, type Results } from './rounds.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

/** How many runs a second, with so many on their way at a time. */
export async function provisioning(plan: Plan): Promise<void> {
  await alternate(plan, (atOnce, results) => {
    console.log(`\nprovisioning, ${atOnce} at once, ${plan.rounds} rounds of ${plan.seconds} s\n`)
    console.log(throughput(results))
  })
}

function throughput(results: Results): string {
  const rows = [...results].map(([name, rounds]) => ({
    label: LABELS[name],
    rate: spread(rounds.map(({ perSecond }) => perSecond)),
    cpu: [spread(rounds.map(({ nodeCpu }) => nodeCpu)), spread(rounds.map(({ postgresCpu }) => postgresCpu))],
    p99: spread(rounds.map(({ p99 }) => p99)),
  }))
  const own = rows[0]?.rate.median ?? Number.NaN
  return table(
    ['contender', 'runs/s', 'min–max', 'Gangway ÷ it', 'p99 ms', 'CPU ms a run: Node', 'Postgres'],
    rows.map(({ label, rate, p99, cpu }, index) => [
      ...[label, number(rate.median), range(rate), ratio(own, index === 0 ? undefined : rate.median), number(p99.median)],
      ...cpu.map(({ median }) => number(median)),
    ]),
  )
}
