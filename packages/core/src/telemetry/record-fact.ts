import { createHash } from 'node:crypto'
import type { Tx } from '@gangway/db/transaction'
import type { FactName, TelemetryProps } from '@gangway/schemas/telemetry'
import { sql } from 'drizzle-orm'

export type Fact = {
  [Name in FactName]: {
    name: Name
    userId: string
    /** What it is a fact about, once: the session, the checkout, the run, the key, the organization. */
    of: string
    /** When it became true: of a repeat, the same. */
    at: Date
    props: TelemetryProps[Name]
  }
}[FactName]

/** Records what has become true in this transaction. The same fact again adds nothing. */
export async function recordFact(tx: Tx, { name, userId, of, at, props }: Fact): Promise<void> {
  await tx.execute(sql`
    insert into telemetry_events (id, user_id, session_id, name, variant, at, props)
    select ${factId(name, of)}::uuid, u.id, s.id, ${name}, s.variant, ${at.toISOString()}::timestamptz, ${JSON.stringify(props)}::jsonb
    from users u left join lateral (
      select id, variant from onboarding_sessions where user_id = u.id order by status = 'open' desc, started_at desc limit 1
    ) s on true
    where u.id = ${userId}
    on conflict (id, at) do nothing`)
}

/** A UUID of version 8 from a fact's name and what it is about. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
export function factId(name: FactName, of: string): string {
  const hex = createHash('sha256').update(`${name}:${of}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
