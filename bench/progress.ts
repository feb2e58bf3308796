import { execFileSync } from 'node:child_process'
import { type Cluster, type Database, startCluster } from './cluster.ts'
import { describeMachine, load } from './machine.ts'
import type { Writing } from './progress/journal.ts'
import { type Field, measureProgress, type ProgressMeasured } from './progress/measure.ts'
import { type Person, signUpPeople } from './progress/people.ts'
import { type ServerName, startServer } from './progress/servers.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

const LABELS: Record<ServerName, string> = {
  gangway: 'Gangway',
  floor: 'floor: bare Node SSE fed by LISTEN',
  polling: 'tRPC subscription, polls every 250 ms',
}
const NAMES = ['gangway', 'floor', 'polling'] as const satisfies ServerName[]
const PEOPLE = 50
/** Beside the streams: the database, the listener, what Node.js itself has open. */
const OTHER_FILES = 200

/** With fewer, what a server uses by itself moves more than what the streams add. */
const ENOUGH_FOR_MEMORY = 1000

export interface ProgressPlan extends Writing {
  streams: readonly number[]
  rounds: number
  command: string
}

/** From the commit of a journal entry in one process to its event in a client of another. */
export async function progress(plan: ProgressPlan): Promise<void> {
  const cluster = await startCluster()
  try {
    const files = Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })) || Number.POSITIVE_INFINITY
    console.log(`${describeMachine(cluster, plan.command)}\nfiles     ${files} a process`)
    const fields: Field[] = []
    const database = await cluster.database('bench_progress')
    const people = await newPeople(cluster, database)
    for (const name of NAMES) fields.push({ name, cluster, database, people })

    for (const streams of plan.streams) {
      if (streams + OTHER_FILES > files) {
        console.log(`\n${streams} streams need more than the ${files} files that a process may open here: left out`)
        continue
      }
      const results = new Map<ServerName, ProgressMeasured[]>(NAMES.map((name) => [name, []]))
      for (let round = 0; round < plan.rounds; round++) {
        for (const field of fields) results.get(field.name)?.push(await measureProgress(field, streams, plan))
      }
      console.log(
        `\nprogress, ${streams} streams, ${plan.perSecond} journal entries a second for ${plan.seconds} s, ${plan.rounds} rounds\n`,
      )
      console.log(tableOf(results, streams))
    }
    console.log(`\nload ${load()} at the end`)
  } finally {
    await cluster.close()
  }
}

async function newPeople(cluster: Cluster, database: Database): Promise<Person[]> {
  const server = await startServer('gangway', cluster, database)
  try {
    return await signUpPeople(server.url, database, PEOPLE)
  } finally {
    await server.close()
  }
}

function tableOf(results: Map<ServerName, ProgressMeasured[]>, streams: number): string {
  const memory = (text: string) => (streams < ENOUGH_FOR_MEMORY ? '–' : text)
  const rows = [...results].map(([name, rounds]) => {
    const of = (key: keyof ProgressMeasured) => spread(rounds.map((round) => round[key]))
    return {
      name,
      p50: of('p50'),
      p99: of('p99'),
      rss: of('rssPerStream'),
      heap: of('heapPerStream'),
      cpu: of('cpuPercent'),
      lost: of('lost').max,
    }
  })
  const own = rows[0]
  return table(
    [
      'server',
      'p50 ms',
      'p99 ms',
      'min–max',
      'Gangway ÷ it (p99)',
      'RSS KB a stream',
      'heap KB',
      'Gangway ÷ it (RSS)',
      'CPU %',
      'lost',
    ],
    rows.map(({ name, p50, p99, rss, heap, cpu, lost }) => [
      ...[
        LABELS[name],
        number(p50.median),
        number(p99.median),
        range(p99),
        ratio(own?.p99.median ?? Number.NaN, name === 'gangway' ? undefined : p99.median),
      ],
      ...[
        number(rss.median),
        number(heap.median),
        ratio(own?.rss.median ?? Number.NaN, name === 'gangway' ? undefined : rss.median),
      ].map(memory),
      ...[number(cpu.median), String(lost)],
    ]),
  )
}
