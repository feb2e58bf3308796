import { auditLog, users } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { type Correction, correctionSchema } from '@gangway/schemas/answer-corrections'
import { and, desc, eq, inArray } from 'drizzle-orm'

/** How a correction stands in the audit log. */
export const CORRECTED = 'answers.corrected'
export const SUBJECT = 'onboarding_session'

const detailSchema = correctionSchema.pick({ fields: true, reason: true })

/** What staff have corrected, by session, the newest first. */
export async function correctionsOf(
  tx: Tx,
  { sessionIds }: { sessionIds: readonly string[] },
): Promise<ReadonlyMap<string, Correction[]>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await tx
    .select({ sessionId: auditLog.subjectId, at: auditLog.at, by: users.email, detail: auditLog.detail })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(and(eq(auditLog.subjectType, SUBJECT), inArray(auditLog.subjectId, [...sessionIds]), eq(auditLog.action, CORRECTED)))
    .orderBy(desc(auditLog.id))
  const corrections = new Map<string, Correction[]>()
  for (const { sessionId, detail, ...row } of rows) {
    const correction = { ...row, ...detailSchema.parse(detail) }
    corrections.set(sessionId, [...(corrections.get(sessionId) ?? []), correction])
  }
  return corrections
}
