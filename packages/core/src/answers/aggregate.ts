import { onboardingAnswerSnapshots, onboardingSessions, organizationMembers, organizations } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { AnswersContext } from '../context.ts'
import { normalizeAnswers } from './normalize.ts'

/**
 * Writes the snapshot of a completed session. A message that comes twice writes the same row again. A session that is gone
 * or not completed is logged and left alone: a repeat of the message could not change that.
 */
export async function aggregateSession(ctx: AnswersContext, { sessionId }: { sessionId: string }): Promise<void> {
  const found = await inTransaction(ctx.db, (tx) => writeSnapshot(tx, sessionId))
  if (!found) ctx.log.warn({ sessionId }, 'no completed onboarding session to take a snapshot of')
}

async function writeSnapshot(tx: Tx, sessionId: string): Promise<boolean> {
  const [session] = await tx.select().from(onboardingSessions).where(eq(onboardingSessions.id, sessionId))
  if (!session?.completedAt) return false
  const { userId, variant, completedAt } = session
  const { answers, role, flat } = normalizeAnswers(session.answers, session.skippedSteps)
  const orgId = await organizationOf(tx, userId)
  const answerSchemaVersion = session.answerSchemaVersion ?? session.schemaVersion
  const snapshot = { userId, role, variant, completedAt, answerSchemaVersion, answers, flat }
  await tx
    .insert(onboardingAnswerSnapshots)
    .values({ sessionId, orgId, ...snapshot })
    .onConflictDoUpdate({
      target: onboardingAnswerSnapshots.sessionId,
      // The organization may have been attached since it was looked up.
      set: { ...snapshot, orgId: sql`coalesce(excluded.org_id, ${onboardingAnswerSnapshots.orgId})` },
    })
  return true
}

/** The organization that somebody joined last; null for people who have none yet. */
async function organizationOf(tx: Tx, userId: string): Promise<string | null> {
  const [member] = await tx
    .select({ orgId: organizationMembers.orgId })
    .from(organizationMembers)
    .innerJoin(organizations, eq(organizations.id, organizationMembers.orgId))
    .where(and(eq(organizationMembers.userId, userId), ne(organizations.status, 'abandoned')))
    .orderBy(desc(organizationMembers.createdAt))
    .limit(1)
  return member?.orgId ?? null
}
