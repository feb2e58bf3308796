import { invites, onboardingRuns, onboardingStageEvents, pendingBackendSyncs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { causeOf, isDue, sweepPauseMs } from './failure.ts'
import { runById } from './find-run.ts'
import { next } from './run-machine.ts'
import { announcements } from './stages/finalize.ts'
import { readOwner } from './owner.ts'

type PendingSync = typeof pendingBackendSyncs.$inferSelect

/** After so many tries a record waits for somebody to look. */
const TRIES = 10
const AT_ONCE = 50
const KEPT = sql`interval '30 days'`

/**
 * Tells Postgres what the warehouse already knows of one organization, and ends its run. Safe to call twice, and by
 * several at once. Throws NOT_FOUND; a failure is kept in the record and thrown.
 */
export async function syncPendingRecord(
  ctx: ProvisioningContext,
  { id, actorId }: { id: string; actorId?: string },
): Promise<PendingSync> {
  const record = await claim(ctx, id)
  try {
    await finish(ctx, record, actorId)
  } catch (error) {
    await putBack(ctx, record, error)
    throw error
  }
  ctx.wakeups.wake(record.runId)
  return readRecord(ctx, id)
}

/** All records that are due, or all that are not synced when somebody asks. */
export async function syncAllPending(
  ctx: ProvisioningContext,
  { actorId }: { actorId?: string } = {},
): Promise<{ synced: number; failed: number }> {
  const { status, nextAttemptAt } = pendingBackendSyncs
  const due = and(inArray(status, ['pending_sync', 'syncing']), isDue(nextAttemptAt, ctx.clock))
  const unsynced = inArray(status, ['pending_sync', 'syncing', 'failed'])
  const records = await ctx.db
    .select({ id: pendingBackendSyncs.id })
    .from(pendingBackendSyncs)
    .where(actorId ? unsynced : due)
    .limit(AT_ONCE)
  let synced = 0
  for (const { id } of records) {
    try {
      await syncPendingRecord(ctx, { id, ...(actorId && { actorId }) })
      synced += 1
    } catch (error) {
      ctx.log.warn({ err: error, syncId: id }, 'a pending sync failed')
    }
  }
  return { synced, failed: records.length - synced }
}

/** Synced records are kept for 30 days. */
export async function purgeSynced(ctx: ProvisioningContext): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    tx
      .delete(pendingBackendSyncs)
      .where(and(eq(pendingBackendSyncs.status, 'synced'), lt(pendingBackendSyncs.syncedAt, sql`now() - ${KEPT}`))),
  )
}

/** For a minute: a record whose process has died by then is due again. */
async function claim(ctx: ProvisioningContext, id: string): Promise<PendingSync> {
  const [claimed] = await ctx.db
    .update(pendingBackendSyncs)
    .set({ status: 'syncing', nextAttemptAt: sql`now() + interval '1 minute'` })
    .where(and(eq(pendingBackendSyncs.id, id), ne(pendingBackendSyncs.status, 'synced')))
    .returning()
  return claimed ?? readRecord(ctx, id)
}

async function readRecord(ctx: ProvisioningContext, id: string): Promise<PendingSync> {
  const [record] = await ctx.db.select().from(pendingBackendSyncs).where(eq(pendingBackendSyncs.id, id))
  if (!record) throw new GangwayError('NOT_FOUND')
  return record
}

/** The record, the run and its journal change together; the run's state decides which of several calls it is. */
async function finish(ctx: ProvisioningContext, record: PendingSync, actorId: string | undefined): Promise<void> {
  const at = ctx.clock.now()
  const { userId } = await runById(ctx, record.runId)
  const owner = await readOwner(ctx, userId)
  await inTransaction(ctx.db, async (tx) => {
    await tx.execute(sql`select sync_pending_backend_record(${record.id})`)
    const [run] = await tx
      .update(onboardingRuns)
      .set({
        ...{ state: next('needs_sync', 'sync'), stagesCompleted: 5, failure: null },
        ...{ lastSeq: sql`${onboardingRuns.lastSeq} + 1`, finishedAt: sql`now()`, updatedAt: sql`now()` },
      })
      .where(and(eq(onboardingRuns.id, record.runId), eq(onboardingRuns.state, 'needs_sync')))
      .returning()
    if (actorId)
      await recordAudit(tx, { actorId, at, action: 'pending_sync.synced', subject: { type: 'pending_sync', id: record.id } })
    if (!run) return
    const detail = { synced: record.id }
    await tx.insert(onboardingStageEvents).values({
      runId: run.id,
      seq: run.lastSeq,
      stage: 'finalize',
      status: 'completed',
      attempt: 1,
      runState: run.state,
      detail,
    })
    const { jobs = [], invites: invited = [] } = announcements(ctx, run, owner)
    if (invited.length > 0) await tx.insert(invites).values(invited)
    await ctx.jobs.enqueueAll(tx, jobs)
  })
}

async function putBack(ctx: ProvisioningContext, { id, retryCount }: PendingSync, error: unknown): Promise<void> {
  const tries = retryCount + 1
  await ctx.db
    .update(pendingBackendSyncs)
    .set({
      status: tries >= TRIES ? 'failed' : 'pending_sync',
      retryCount: tries,
      lastError: causeOf(error).message,
      nextAttemptAt: new Date(ctx.clock.now().getTime() + sweepPauseMs(retryCount)),
    })
    .where(and(eq(pendingBackendSyncs.id, id), eq(pendingBackendSyncs.status, 'syncing')))
    .catch((failure: unknown) => ctx.log.error({ err: failure, syncId: id }, 'a failed sync could not be put back'))
}
