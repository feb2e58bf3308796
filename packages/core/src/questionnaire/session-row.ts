import type { Db } from '@gangway/db/client'
import { onboardingSessions } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { ANSWER_SCHEMA_VERSION } from '@gangway/schemas/questionnaire'
import { desc, eq, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { bringUpToDate, isOutdated } from './bring-up-to-date.ts'
import { checksum } from './canonical.ts'
import { currentManifest } from './manifest-store.ts'
import type { SessionRow } from './session-view.ts'
import { startOf } from './start-of.ts'

/** The open session of a user, else the newest one; undefined before the first read. */
export async function findSession(reader: Pick<Db, 'select'>, userId: string): Promise<SessionRow | undefined> {
  const [row] = await reader
    .select()
    .from(onboardingSessions)
    .where(eq(onboardingSessions.userId, userId))
    .orderBy(sql`${onboardingSessions.status} = 'open' desc`, desc(onboardingSessions.startedAt))
    .limit(1)
  return row
}

/** `findOrCreateSession` for those who only read: a transaction is opened when there is something to write. */
export async function readSession({ db }: BaseContext, user: { userId: string; at: Date }): Promise<SessionRow> {
  const found = await findSession(db, user.userId)
  return found && !isOutdated(found) ? found : inTransaction(db, (tx) => findOrCreateSession(tx, user))
}

/**
 * The session of a user, made when there is none, with answers in today's shapes. Two at once make one: the unique index
 * on open sessions decides.
 */
export async function findOrCreateSession(tx: Tx, { userId, at }: { userId: string; at: Date }): Promise<SessionRow> {
  const found = await findSession(tx, userId)
  if (found && !isOutdated(found)) return found
  if (found) return (await bringUpToDate(tx, found, { at })) ?? reread(tx, userId)
  await tx
    .insert(onboardingSessions)
    .values({
      userId,
      schemaVersion: ANSWER_SCHEMA_VERSION,
      ...startOf(await currentManifest(tx), userId),
      checksum: checksum({}),
      startedAt: at,
      updatedAt: at,
    })
    .onConflictDoNothing({ target: onboardingSessions.userId, where: sql`status = 'open'` })
  return reread(tx, userId)
}

async function reread(tx: Tx, userId: string): Promise<SessionRow> {
  const row = await findSession(tx, userId)
  if (!row) throw new Error(`the session of ${userId} vanished while it was made`)
  return row
}
