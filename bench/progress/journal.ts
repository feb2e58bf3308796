import { setTimeout as delay } from 'node:timers/promises'
import { openSql } from '@gangway/db/client'
import { openWakeups } from '@gangway/db/wakeups'
import type { Database } from '../cluster.ts'
import type { ServerName } from './servers.ts'

export const FLOOR_CHANNEL = 'bench_floor'

/** What the floor sends as it is: the event, and whose it is. */
export interface FloorEvent {
  checkout: string
  event: { seq: number; stage: string; status: string; attempt: number; at: Date; runState: string; failure: null }
}

export interface BenchRun {
  runId: string
  checkout: string
  userId: string
}

/** Monotonic, and the same for all processes of a machine; milliseconds. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Runs that are at their first stage, each the run of one of these people. */
export async function newRuns(database: Database, userIds: readonly string[], count: number): Promise<BenchRun[]> {
  const sql = openSql({ url: database.superuserUrl, name: 'bench-seed' })
  try {
    const rows = await sql<BenchRun[]>`
      with run as (
        insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, last_seq, started_at)
        select 'cs_bench_' || replace(gen_random_uuid()::text, '-', ''), (${[...userIds]}::uuid[])[1 + n % ${userIds.length}::int],
               'STARTER', 'org_' || n, 'Acme Corp', 'running', 1, now()
        from generate_series(0, ${count - 1}::int) n returning id, checkout_session_id, user_id
      ), journal as (
        insert into onboarding_stage_events (run_id, seq, stage, status, attempt, run_state)
        select id, 1, 'verify_payment', 'started', 1, 'running' from run
      ) select id as "runId", checkout_session_id as checkout, user_id as "userId" from run`
    return [...rows]
  } finally {
    await sql.end()
  }
}

export interface Writing {
  perSecond: number
  seconds: number
}

/** When each event was committed, by `<checkout> <seq>`. */
export type Commits = Map<string, number>

/**
 * Another process's runs: one journal entry a commit, of one run after the other. What is written is the same for all;
 * how the servers hear of it is each one's own: by the product's wake-ups, by a NOTIFY of the event itself, sent as soon as
 * it is committed, or not at all.
 */
export async function writeJournal(
  to: { server: ServerName; database: Database; runs: readonly BenchRun[] },
  { perSecond, seconds }: Writing,
): Promise<Commits> {
  const { server, database, runs } = to
  const sql = openSql({ url: database.appUrl, max: 4, name: 'bench-writer' })
  const notifier = openSql({ url: database.appUrl, name: 'bench-writer-notify', waitsForDisk: false })
  const wakeups = await openWakeups(notifier)
  const commits: Commits = new Map()

  async function write({ runId, checkout }: BenchRun): Promise<void> {
    const [event] = await sql<FloorEvent['event'][]>`
      with run as (
        update onboarding_runs set last_seq = last_seq + 1, updated_at = now() where id = ${runId} returning last_seq
      )
      insert into onboarding_stage_events (run_id, seq, stage, status, attempt, run_state)
      select ${runId}, last_seq, 'verify_payment', 'retrying', 1, 'running' from run
      returning seq, stage, status, attempt, at, run_state as "runState", failure`
    if (!event) throw new Error(`run ${runId} has no journal`)
    commits.set(`${checkout} ${event.seq}`, machineTime())
    if (server === 'gangway') wakeups.wake(runId)
    if (server === 'floor') await notifier.notify(FLOOR_CHANNEL, JSON.stringify({ checkout, event } satisfies FloorEvent))
  }

  const began = machineTime()
  const written: Promise<void>[] = []
  for (let index = 0; index < perSecond * seconds; index++) {
    await delay(Math.max(0, began + (index * 1000) / perSecond - machineTime()))
    const run = runs[index % runs.length]
    if (run) written.push(write(run))
  }
  await Promise.all(written)
  await wakeups.close()
  await Promise.all([sql.end(), notifier.end()])
  return commits
}
