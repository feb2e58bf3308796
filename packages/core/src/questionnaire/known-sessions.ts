import type { Db } from '@gangway/db/client'
import type { SessionRow } from './session-view.ts'

/** Sessions of people who are saving now: some KB each. */
const REMEMBERED = 2000

const known = new WeakMap<Db, Map<string, SessionRow>>()

/**
 * A user's session as this process saw it last, if that was at `revision`. Whoever writes on it has to name its revision
 * and checksum: nothing else says that it is still so.
 */
export function knownSession(db: Db, { userId, revision }: { userId: string; revision: number }): SessionRow | undefined {
  const row = known.get(db)?.get(userId)
  return row?.revision === revision && row.status === 'open' ? row : undefined
}

/** It was not as it was remembered. */
export function forgetSession(db: Db, userId: string): void {
  known.get(db)?.delete(userId)
}

export function rememberSession(db: Db, row: SessionRow): void {
  const sessions = known.get(db) ?? new Map<string, SessionRow>()
  known.set(db, sessions)
  // The one that was saved longest ago goes first.
  sessions.delete(row.userId)
  sessions.set(row.userId, row)
  const [oldest] = sessions.keys()
  if (sessions.size > REMEMBERED && oldest !== undefined) sessions.delete(oldest)
}
