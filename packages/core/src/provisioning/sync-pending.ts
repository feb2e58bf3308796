import { invites, onboardingRuns, onboardingStageEvents, pendingBackendSyncs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { isOfRealPerson } from '../demo/is-real.ts'
import { GangwayError } from '../errors/index.ts'
import { causeOf, isDue, sweepPauseMs } from './failure.ts'
import { runById } from './find-run.ts'
import { next } from './run-machine.ts'
import { announcements } from './stages/finalize.ts'
import { readOwner } from './owner.ts'

type PendingSync = typeof pendingBackendSyncs.$inferSelect

/** After so many tries a record waits for somebody to look. */
const TRIES = 10
const KEPT = sql`interval '30 days'`

/**
 * Tells Postgres what the warehouse already knows of one organization, and ends its run. Safe to call twice, and by
 * several at once. Throws NOT_FOUND; a failure is kept in the record and thrown.
 */
export async function syncPendingRecord(
  ctx: ProvisioningContext,
  // Null for an operator at the terminal; absent when the system does it by itself.
  { id, actorId }: { id: string; actorId?: string | null },
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

export interface SyncAllInput {
  /** Who asked: then all that are not synced are tried, whether they are due or not. */
  actorId?: string
  /** At most so many, those first that have been due for longest; all unless told. */
  limit?: number
  /** Called after each record. Others may come in meanwhile, so `total` can grow. */
  onProgress?: (progress: { done: number; total: number }) => void
}

/** Tries each record that is due once, and goes on until there is none left that has not been tried. */
export async function syncAllPending(
  ctx: ProvisioningContext,
  { actorId, limit = Number.POSITIVE_INFINITY, onProgress }: SyncAllInput = {},
): Promise<{ synced: number; failed: number }> {
  const tried = new Set<string>()
  let synced = 0
  for (;;) {
    const ids = (await idsOfPending(ctx, actorId)).filter((id) => !tried.has(id)).slice(0, limit - tried.size)
    if (ids.length === 0) return { synced, failed: tried.size - synced }
    const total = tried.size + ids.length
    for (const id of ids) {
      tried.add(id)
      if (await isSyncedNow(ctx, { id, ...(actorId && { actorId }) })) synced += 1
      onProgress?.({ done: tried.size, total })
    }
  }
}

async function idsOfPending(ctx: ProvisioningContext, actorId: string | undefined): Promise<string[]> {
  const { id, status, nextAttemptAt } = pendingBackendSyncs
  const due = and(inArray(status, ['pending_sync', 'syncing']), isDue(nextAttemptAt, ctx.clock))
  const unsynced = inArray(status, ['pending_sync', 'syncing', 'failed'])
  const records = await ctx.db
    .select({ id })
    .from(pendingBackendSyncs)
    .where(and(actorId ? unsynced : due, isOfRealPerson(pendingBackendSyncs.runId)))
    .orderBy(nextAttemptAt, id)
  return records.map((record) => record.id)
}

async function isSyncedNow(ctx: ProvisioningContext, record: { id: string; actorId?: string }): Promise<boolean> {
  try {
    await syncPendingRecord(ctx, record)
    return true
  } catch (error) {
    ctx.log.warn({ err: error, syncId: record.id }, 'a pending sync failed')
    return false
  }
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
async function finish(ctx: ProvisioningContext, record: PendingSync, actorId: string | null | undefined): Promise<void> {
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
    if (actorId !== undefined)
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
