import { onboardingSessions, onboardingSetAside } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { ANSWER_SCHEMA_VERSION } from '@gangway/schemas/questionnaire'
import { and, eq } from 'drizzle-orm'
import { type AnswerMigration, migrateAnswers } from './answer-versions.ts'
import { checksum } from './canonical.ts'
import { currentManifest } from './manifest-store.ts'
import type { SessionRow } from './session-view.ts'
import { startOf } from './start-of.ts'

/** True for an open session whose answers are in shapes of the past. */
export function isOutdated({ status, schemaVersion }: Pick<SessionRow, 'status' | 'schemaVersion'>): boolean {
  return status === 'open' && schemaVersion < ANSWER_SCHEMA_VERSION
}

/**
 * Brings an outdated session's answers into today's shapes; where there is no way there, the session begins anew, and a
 * copy of its answers is set aside. Undefined when somebody else was first: the session has to be read again.
 */
export async function bringUpToDate(
  tx: Tx,
  row: SessionRow,
  { at, migrations }: { at: Date; migrations?: ReadonlyMap<number, AnswerMigration> },
): Promise<SessionRow | undefined> {
  const migrated = migrateAnswers({ answers: row.answers, from: row.schemaVersion }, migrations)
  const answers = migrated ?? {}
  const anew = migrated
    ? {}
    : { ...startOf(await currentManifest(tx), row.userId), resetAt: at, completedSteps: [], skippedSteps: [] }
  const [updated] = await tx
    .update(onboardingSessions)
    .set({
      ...{ ...anew, answers, checksum: checksum(answers), schemaVersion: ANSWER_SCHEMA_VERSION },
      ...{ revision: row.revision + 1, updatedAt: at },
    })
    .where(and(eq(onboardingSessions.id, row.id), eq(onboardingSessions.revision, row.revision)))
    .returning()
  if (updated && !migrated) await setAside(tx, row, at)
  return updated
}

async function setAside(tx: Tx, row: SessionRow, at: Date): Promise<void> {
  const { id, schemaVersion, manifestVersion, answers, completedSteps, skippedSteps } = row
  await tx
    .insert(onboardingSetAside)
    .values({ sessionId: id, schemaVersion, manifestVersion, answers, completedSteps, skippedSteps, at })
}
