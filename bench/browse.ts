import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { filledDatabase } from './answers/filled.ts'
import type { PagesMeasured } from './browse/measure.ts'
import { startCluster } from './cluster.ts'
import { describeMachine, load } from './machine.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

export interface BrowsePlan {
  snapshots: number
  /** Rows before the page, each a table of its own. */
  depths: readonly number[]
  rounds: number
  warm: number
  seconds: number
  command: string
}

const LABELS = {
  gangway: 'Gangway',
  'same-sql': 'floor: the same SQL through the driver',
  'page-alone': 'the statement of the page alone: no audit, no count, no commit',
  offset: 'OFFSET',
} as const
type Name = keyof typeof LABELS
const NAMES: readonly Name[] = ['gangway', 'same-sql', 'page-alone', 'offset']

const SCRIPT = fileURLToPath(new URL('browse/measure.ts', import.meta.url))

/** How long a page of 50 takes, by role and window, among so many snapshots. */
export async function browse(plan: BrowsePlan): Promise<void> {
  const cluster = await startCluster()
  try {
    console.log(describeMachine(cluster, plan.command))
    const { appUrl } = await filledDatabase(cluster, plan.snapshots)
    for (const depth of plan.depths) {
      const results = new Map<Name, PagesMeasured[]>(NAMES.map((name) => [name, []]))
      for (let round = 0; round < plan.rounds; round++) {
        for (const name of NAMES) results.get(name)?.push(await measure({ name, url: appUrl, depth, plan }))
      }
      const which = depth === 0 ? 'the first page' : `the page after ${depth.toLocaleString('en-US')} rows`
      console.log(`\nbrowse, ${which}, ${plan.rounds} rounds of ${plan.seconds} s\n`)
      console.log(times(results))
    }
    console.log(`\nload ${load()} at the end`)
  } finally {
    await cluster.close()
  }
}

async function measure({ name, url, depth, plan }: { name: Name; url: string; depth: number; plan: BrowsePlan }) {
  const options = { contender: name, url, depth, warm: plan.warm, seconds: plan.seconds }
  const args = Object.entries(options).map(([option, value]) => `--${option}=${value}`)
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...args])
  const measured: PagesMeasured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  if (measured.rows !== 50) throw new Error(`${name} found ${measured.rows} rows for a page of 50`)
  return measured
}

function times(results: ReadonlyMap<Name, PagesMeasured[]>): string {
  const rows = [...results].map(([name, rounds]) => ({
    label: LABELS[name],
    p50: spread(rounds.map(({ p50 }) => p50)),
    p95: spread(rounds.map(({ p95 }) => p95)),
  }))
  const own = rows[0]?.p95.median ?? Number.NaN
  return table(
    ['contender', 'p50 ms', 'min–max', 'p95 ms', 'min–max', 'Gangway ÷ it (p95)'],
    rows.map(({ label, p50, p95 }, index) => [
      ...[label, number(p50.median), range(p50), number(p95.median), range(p95)],
      ratio(own, index === 0 ? undefined : p95.median),
    ]),
  )
}
