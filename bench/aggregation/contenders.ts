import { systemClock, systemIds } from '@gangway/api/system'
import { aggregateSessions, rollUpTotals } from '@gangway/core/answers'
import { silentLog } from '@gangway/core/testing'
import { connect } from '@gangway/db/client'
import postgres from 'postgres'
import type { Completion } from './sessions.ts'

/** Whoever brings completions into the snapshots and the totals. */
export interface Aggregator {
  /** How many messages it takes at a time. */
  batch: number
  aggregate(completions: readonly Completion[]): Promise<void>
  close(): Promise<void>
}

export type OpenAggregator = (place: { url: string; lanes: number }) => Promise<Aggregator>

/** As many as the product's worker takes. */
const BATCH = 200
const ROLL_UP_EVERY_MS = 1000

/** The product: reads the sessions, normalizes, writes snapshots and deltas, and rolls up all the while. */
export const openGangway: OpenAggregator = async ({ url, lanes }) => {
  const { db, close } = connect({ url, max: lanes + 1, name: 'bench-gangway' })
  const log = silentLog()
  const ctx = { db, clock: systemClock, ids: systemIds, log }
  const over = new AbortController()
  const rolling = (async () => {
    while (!over.signal.aborted) {
      await rollUpTotals(ctx)
      await systemClock.sleep(ROLL_UP_EVERY_MS, over.signal)
    }
  })()
  return {
    batch: BATCH,
    async aggregate(completions) {
      const failed = await aggregateSessions(ctx, { sessionIds: completions.map(({ sessionId }) => sessionId) })
      const [entry] = log.entries
      if (failed.size > 0 || entry) throw new Error('completions did not go well', { cause: [...failed.values()][0] ?? entry })
    },
    async close() {
      over.abort()
      await rolling
      await rollUpTotals(ctx)
      await close()
    },
  }
}

/** A floor: the same rows, ready-made, appended as many at a time by one statement; nobody asks whether they were there. */
export const openAppend: OpenAggregator = async ({ url, lanes }) => {
  const sql = postgres(url, { max: lanes, connection: { application_name: 'bench-append' } })
  return {
    batch: BATCH,
    async aggregate(completions) {
      await sql`
        insert into onboarding_answer_snapshots
          (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat, session_revision)
        select "sessionId", "userId", role, 'control', now(), 1, answers, flat, 7
        from jsonb_to_recordset(${JSON.stringify(completions)}::text::jsonb)
             as given ("sessionId" uuid, "userId" uuid, role text, answers jsonb, flat text[])`
    },
    close: () => sql.end(),
  }
}

/**
 * A peer: each message by itself in one transaction, which takes back what the session had added and adds what it adds now,
 * an UPDATE for each counter. In one order for all, so that they wait for each other but never in a circle.
 */
export const openReplay: OpenAggregator = async ({ url, lanes }) => {
  const sql = postgres(url, { max: lanes, connection: { application_name: 'bench-replay' } })
  return {
    batch: 1,
    async aggregate(completions) {
      for (const { sessionId, role, answers, flat } of completions) {
        await sql.begin(async (tx) => {
          // What it makes of the answers is ready-made as well.
          const [session] = await tx<{ userId: string }[]>`
            select user_id as "userId", submitted from onboarding_sessions where id = ${sessionId}`
          const [known] = await tx<{ flat: string[] }[]>`
            select flat from onboarding_answer_snapshots where session_id = ${sessionId} for update`
          for (const line of known?.flat ?? []) await count(tx, line, -1)
          await tx`
            insert into onboarding_answer_snapshots
              (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat, session_revision)
            values (${sessionId}, ${session?.userId ?? null}, ${role}, 'control', now(), 1, ${JSON.stringify(answers)}::text::jsonb, ${flat}, 7)
            on conflict (session_id) do update set role = excluded.role, answers = excluded.answers, flat = excluded.flat`
          for (const line of flat) await count(tx, line, 1)
        })
      }
    },
    close: () => sql.end(),
  }
}

async function count(tx: postgres.TransactionSql, line: string, by: number): Promise<void> {
  const [path = '', ...rest] = line.split('=')
  const [step = '', ...field] = path.split('.')
  await tx`
    insert into onboarding_answer_group_totals (step, field, value, total)
    values (${step}, ${field.join('.')}, ${rest.join('=')}, ${by})
    on conflict (step, field, value) do update set total = onboarding_answer_group_totals.total + excluded.total`
}
