import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Cluster, Database } from '../cluster.ts'
import type { Measured } from './measure.ts'
import { checkRows } from './rows.ts'

export type ContenderName = 'gangway' | 'bare-sql' | 'one-statement' | 'dbos' | 'pg-boss'

export const LABELS: Record<ContenderName, string> = {
  gangway: 'Gangway',
  'bare-sql': 'floor (a): bare SQL, six commits a run',
  'one-statement': 'floor (b): one statement for all runs in flight',
  dbos: 'DBOS, five steps',
  'pg-boss': 'pg-boss, five chained jobs',
}

export interface Measurement {
  atOnce: number
  warm: number
  seconds: number
  /** Where to write a profile of the measured time. */
  profile?: string | undefined
}

/** A contender with a database of its own, for as long as the benchmark runs. */
export interface Entrant {
  name: ContenderName
  measure(measurement: Measurement): Promise<Measured>
  /** Throws unless this one has written what every run has to leave; undefined for those with tables of their own. */
  check(): Promise<string | undefined>
}

const SCRIPT = fileURLToPath(new URL('measure.ts', import.meta.url))

export async function enter(cluster: Cluster, name: ContenderName): Promise<Entrant> {
  const database = await newDatabase(cluster, name)
  const url = name === 'dbos' ? database.ownerUrl : database.appUrl
  return {
    name,
    async measure({ profile, ...how }) {
      const options = {
        contender: name,
        url,
        postmaster: cluster.pid,
        'at-once': how.atOnce,
        warm: how.warm,
        seconds: how.seconds,
      }
      const args = Object.entries({ ...options, ...(profile && { profile }) }).map(([option, value]) => `--${option}=${value}`)
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [SCRIPT, ...args], { maxBuffer: 2 ** 26 })
      if (profile) console.log(`\n${LABELS[name]}, ${how.atOnce} at once\n${stderr}`)
      const measured: Measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
      return measured
    },
    check: async () => (name === 'dbos' || name === 'pg-boss' ? undefined : await checkRows(database.superuserUrl, LABELS[name])),
  }
}

function newDatabase(cluster: Cluster, name: ContenderName): Promise<Database> {
  const database = `bench_${name.replaceAll('-', '_')}`
  return name === 'dbos' ? cluster.emptyDatabase(database) : cluster.database(database)
}
