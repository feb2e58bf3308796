import type { Db } from '@gangway/db/client'
import { onboardingSessions } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { ANSWER_SCHEMA_VERSION } from '@gangway/schemas/questionnaire'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { desc, eq, sql } from 'drizzle-orm'
import { checksum } from './canonical.ts'
import { currentVersion } from './manifest.ts'
import type { SessionRow } from './session-view.ts'

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

/** The session of a user, made when there is none. Two at once make one: the unique index on open sessions decides. */
export async function findOrCreateSession(tx: Tx, { userId, at }: { userId: string; at: Date }): Promise<SessionRow> {
  const found = await findSession(tx, userId)
  if (found) return found
  await tx
    .insert(onboardingSessions)
    .values({
      userId,
      schemaVersion: ANSWER_SCHEMA_VERSION,
      manifestVersion: await currentVersion(tx),
      currentStep: BUILT_IN_MANIFEST.steps[0]?.id ?? '',
      checksum: checksum({}),
      startedAt: at,
      updatedAt: at,
    })
    .onConflictDoNothing({ target: onboardingSessions.userId, where: sql`status = 'open'` })
  const made = await findSession(tx, userId)
  if (!made) throw new Error(`the session of ${userId} vanished while it was made`)
  return made
}
