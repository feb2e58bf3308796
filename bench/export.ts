import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { filledDatabase } from './answers/filled.ts'
import { startCluster } from './cluster.ts'
import type { ExportMeasured } from './export/measure.ts'
import { describeMachine, load } from './machine.ts'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

export interface ExportPlan {
  snapshots: number
  rounds: number
  command: string
}

const LABELS = {
  gangway: 'Gangway',
  copy: 'floor: COPY … TO STDOUT of the same rows',
  'row-by-row': 'row by row through the driver',
} as const
type Name = keyof typeof LABELS
const NAMES: readonly Name[] = ['gangway', 'copy', 'row-by-row']

const SCRIPT = fileURLToPath(new URL('export/measure.ts', import.meta.url))
const MEGABYTE = 2 ** 20

/** How fast all snapshots become NDJSON, and how much memory that takes. */
export async function exportAnswers({ snapshots, rounds, command }: ExportPlan): Promise<void> {
  const cluster = await startCluster()
  try {
    console.log(describeMachine(cluster, command))
    const { appUrl } = await filledDatabase(cluster, snapshots)
    const results = new Map<Name, ExportMeasured[]>(NAMES.map((name) => [name, []]))
    for (let round = 0; round < rounds; round++) {
      for (const name of NAMES) results.get(name)?.push(await measure({ name, url: appUrl, snapshots }))
    }
    console.log(`\nexport, ${snapshots.toLocaleString('en-US')} snapshots to NDJSON, ${rounds} rounds\n`)
    console.log(speeds(results))
    const [own, floor] = NAMES.map((name) => results.get(name)?.[0])
    console.log(
      `\nthe file is ${own?.sha256 === floor?.sha256 ? 'the same' : 'ANOTHER'} as COPY's, byte by byte; load ${load()} at the end`,
    )
  } finally {
    await cluster.close()
  }
}

async function measure({ name, url, snapshots }: { name: Name; url: string; snapshots: number }) {
  const args = Object.entries({ contender: name, url, snapshots }).map(([option, value]) => `--${option}=${value}`)
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...args])
  const measured: ExportMeasured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  if (measured.rows !== snapshots) throw new Error(`${name} wrote ${measured.rows} of ${snapshots} rows`)
  return measured
}

function speeds(results: ReadonlyMap<Name, ExportMeasured[]>): string {
  const rows = [...results].map(([name, rounds]) => ({
    label: LABELS[name],
    rate: spread(rounds.map((each) => each.rows / (each.ms / 1000))),
    megabytes: spread(rounds.map((each) => each.bytes / MEGABYTE / (each.ms / 1000))),
    memory: [spread(rounds.map((each) => each.earlyRss / MEGABYTE)), spread(rounds.map((each) => each.peakRss / MEGABYTE))],
  }))
  const own = rows[0]?.rate.median ?? Number.NaN
  return table(
    ['contender', 'rows/s', 'min–max', 'MB/s', 'Gangway ÷ it', 'RSS MB, first tenth', 'at most'],
    rows.map(({ label, rate, megabytes, memory }, index) => [
      ...[label, number(rate.median), range(rate), number(megabytes.median), ratio(own, index === 0 ? undefined : rate.median)],
      ...memory.map(({ median }) => number(median)),
    ]),
  )
}
