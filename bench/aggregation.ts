import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openSql } from '@gangway/db/client'
import type { Measured } from './aggregation/measure.ts'
import { type Cluster, type Database, startCluster } from './cluster.ts'
import { describeMachine, load } from './machine.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

export interface AggregationPlan {
  atOnce: number
  rounds: number
  warm: number
  seconds: number
  completions: number
  command: string
}

const LABELS = {
  gangway: 'Gangway',
  append: 'floor: append-only insert of the same rows',
  replay: 'decrement and replay, a transaction a message',
} as const
type Name = keyof typeof LABELS
const NAMES: readonly Name[] = ['gangway', 'append', 'replay']

const SCRIPT = fileURLToPath(new URL('aggregation/measure.ts', import.meta.url))

/** How many completions a second come into the snapshots and the totals. */
export async function aggregation(plan: AggregationPlan): Promise<void> {
  const cluster = await startCluster()
  try {
    console.log(describeMachine(cluster, plan.command))
    const databases = new Map<Name, Database>()
    for (const name of NAMES) databases.set(name, await prepare(cluster, name))
    const results = new Map<Name, Measured[]>(NAMES.map((name) => [name, []]))
    for (let round = 0; round < plan.rounds; round++) {
      for (const [name, database] of databases) results.get(name)?.push(await measure(cluster, { name, database, plan }))
    }
    console.log(`\naggregation, 20 answers each, ${plan.atOnce} at once, ${plan.rounds} rounds of ${plan.seconds} s\n`)
    console.log(throughput(results))
    console.log(`\nchecked, by contender (load ${load()} at the end)`)
    for (const [name, database] of databases) console.log(`  ${await check(name, database)}`)
  } finally {
    await cluster.close()
  }
}

/** The peer counts by itself. */
async function prepare(cluster: Cluster, name: Name): Promise<Database> {
  const database = await cluster.database(`bench_aggregation_${name}`)
  if (name !== 'replay') return database
  const sql = openSql({ url: database.superuserUrl, name: 'bench-prepare' })
  for (const trigger of ['count_added_answers', 'count_changed_answers', 'count_removed_answers'])
    await sql`alter table onboarding_answer_snapshots disable trigger ${sql(trigger)}`
  await sql.end()
  return database
}

async function measure(cluster: Cluster, { name, database, plan }: { name: Name; database: Database; plan: AggregationPlan }) {
  const options = {
    ...{ contender: name, url: database.appUrl, superuser: database.superuserUrl, postmaster: cluster.pid },
    ...{
      lanes: plan.atOnce,
      warm: plan.warm,
      seconds: plan.seconds,
      completions: plan.completions / (name === 'replay' ? 10 : 1),
    },
  }
  const args = Object.entries(options).map(([option, value]) => `--${option}=${value}`)
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...args])
  const measured: Measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  return measured
}

function throughput(results: ReadonlyMap<Name, Measured[]>): string {
  const rows = [...results].map(([name, rounds]) => ({
    label: LABELS[name],
    rate: spread(rounds.map(({ perSecond }) => perSecond)),
    times: [spread(rounds.map(({ p50 }) => p50)), spread(rounds.map(({ p99 }) => p99))],
    cpu: [spread(rounds.map(({ nodeCpu }) => nodeCpu)), spread(rounds.map((each) => each.postgresCpu))],
  }))
  const own = rows[0]?.rate.median ?? Number.NaN
  return table(
    ['contender', 'completions/s', 'min–max', 'Gangway ÷ it', 'p50 ms', 'p99 ms', 'CPU ms each: Node', 'Postgres'],
    rows.map(({ label, rate, times, cpu }, index) => [
      ...[label, number(rate.median), range(rate), ratio(own, index === 0 ? undefined : rate.median)],
      ...[...times, ...cpu].map(({ median }) => number(median)),
    ]),
  )
}

/** Throws unless what is counted is what stands in the snapshots; the floor counts, and leaves it at that. */
async function check(name: Name, { superuserUrl }: Database): Promise<string> {
  const sql = openSql({ url: superuserUrl, name: 'bench-check' })
  try {
    const [found] = await sql<{ snapshots: number; answers: number; counted: number; off: number }[]>`
      with held as (
        select line, count(*) as n from onboarding_answer_snapshots cross join unnest(flat) as line group by line
      ), counted as (
        select step || '.' || field || '=' || value as line, sum(total) as n from (
          select step, field, value, total from onboarding_answer_group_totals
          union all select step, field, value, delta from onboarding_answer_deltas
        ) each group by 1 having sum(total) <> 0
      )
      select (select count(*)::int from onboarding_answer_snapshots) as snapshots, sum(held.n)::int as answers,
             count(*)::int as counted, (count(*) filter (where held.n is distinct from counted.n))::int as off
      from held full join counted using (line)`
    if (!found || found.off !== 0 || found.answers !== found.snapshots * 20)
      throw new Error(`${LABELS[name]}: ${JSON.stringify(found)}`)
    return `${LABELS[name]}: ${found.snapshots} snapshots, ${found.answers} answers; ${found.counted} totals equal a recount`
  } finally {
    await sql.end()
  }
}
