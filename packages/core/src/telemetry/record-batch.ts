import { inTransaction } from '@gangway/db/transaction'
import { eventTime } from '@gangway/schemas/event-id'
import { type BrowserEvent, browserEventSchema, telemetryBatchSchema, type TelemetryReceipt } from '@gangway/schemas/telemetry'
import { sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/** How long events may wait in a browser that is offline. */
const OLDEST_MS = 30 * 24 * 60 * 60 * 1000
/** How far a sender's clock may be ahead. */
const AHEAD_MS = 2 * 60 * 1000

interface Batch {
  userId: string
  events: unknown[]
}

/**
 * Records what a browser tells of its user's own session; whatever else it tells is dropped, and whatever it tells twice is
 * recorded once. Events whose time cannot be are named, so that the sender can date them anew: none of them was recorded.
 * Throws a ZodError for more than a batch.
 */
export async function recordBatch(ctx: BaseContext, { userId, events }: Batch): Promise<TelemetryReceipt> {
  const now = ctx.clock.now().getTime()
  const understood = telemetryBatchSchema.parse({ events }).events.flatMap((event): BrowserEvent[] => {
    const parsed = browserEventSchema.safeParse(event)
    return parsed.success ? [parsed.data] : []
  })
  const isPlausible = ({ id }: BrowserEvent) => eventTime(id) >= now - OLDEST_MS && eventTime(id) <= now + AHEAD_MS
  const { dated = [], misdated = [] } = Object.groupBy(understood, (event) => (isPlausible(event) ? 'dated' : 'misdated'))
  const accepted = dated.length === 0 ? 0 : await insert(ctx, { userId, events: dated })
  return { accepted, misdated: misdated.map(({ id }) => id), now }
}

/** The person and the variant are what the session says. Answers how many events are of a session of theirs. */
async function insert(ctx: BaseContext, { userId, events }: { userId: string; events: BrowserEvent[] }): Promise<number> {
  const rows = JSON.stringify(events.map((event) => ({ ...event, at: new Date(eventTime(event.id)) })))
  const [counted] = await inTransaction(ctx.db, (tx) =>
    tx.execute<{ accepted: number }>(sql`
      with told as (
        select e.id, s.user_id, s.id as session_id, e.name, e.step, s.variant, e.at, e.props
        from jsonb_to_recordset(${rows}::jsonb) as e(id uuid, "sessionId" uuid, name text, step text, at timestamptz, props jsonb)
        join onboarding_sessions s on s.id = e."sessionId" and s.user_id = ${userId}
      ), recorded as (
        insert into telemetry_events (id, user_id, session_id, name, step, variant, at, props) select * from told
        on conflict (id, at) do nothing
      )
      select count(*)::int as accepted from told`),
  )
  return counted?.accepted ?? 0
}
