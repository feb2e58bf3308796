import { onboardingLocks, onboardingRuns, onboardingStageEvents, organizations } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { recordAudit } from '../audit/index.ts'
import { bootstrapStatus, CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import type { WarehouseRow } from '../ports/index.ts'
import { datasetName, hasCustomerRows, removeWorkspace, setUpWorkspace } from '../workspace/index.ts'
import { whileHeld } from './advance.ts'
import { causeOf, describeFailure } from './failure.ts'
import type { Lease } from './lock.ts'
import type { Run } from './run-row.ts'
import { created } from './stages/created.ts'
import { retrying } from './undo.ts'
import { type Hold, write } from './write.ts'

export interface RecreateInput {
  tenantId: string
  /** The tenant's id once more, where rows of the customer are to be given up. */
  confirmTenantId?: string | undefined
}

const STAGE = { stage: 'set_up_workspace', attempt: 1 } as const

/**
 * Gives an onboarded tenant a new, empty workspace under a name that was never used, and deletes the one it had. Goes by
 * the run's lock and journal: the new name is on record before anything is made under it, and a call that was cut off is
 * gone on with by the next.
 *
 * Throws NOT_FOUND, WORKSPACE_NOT_EMPTY without the confirmation, SYSTEM_NOT_READY, LOCK_LOST when somebody else is at it.
 */
export async function recreateWorkspace(ctx: ProvisioningContext, { tenantId, confirmTenantId }: RecreateInput): Promise<Run> {
  const known = await runOf(ctx, tenantId)
  const { workspace: dataset } = created(known)
  const confirmed = confirmTenantId === tenantId
  if (!confirmed && (await hasCustomerRows(ctx, { dataset, orgSlug: tenantId }))) throw new GangwayError('WORKSPACE_NOT_EMPTY')
  if ((await bootstrapStatus(ctx, { maxAgeMs: 0 })).status !== 'SYNCED') throw new GangwayError('SYSTEM_NOT_READY')
  const { holder, lockTtlMs } = ctx.settings
  const opened = await ctx.journal.open({
    ...{ checkoutSessionId: known.checkoutSessionId, holder, ttlMs: lockTtlMs, resume: true, starts: false },
    ...{ states: ['succeeded'], nextState: 'succeeded' },
  })
  if (opened.part !== 'started') throw new GangwayError('LOCK_LOST')
  if (opened.run.workspace !== dataset) return asMovedByAnother(ctx, opened)
  const subject = { type: 'organization', id: tenantId }
  const audited = { actorId: null, at: ctx.clock.now(), action: 'workspace.recreated', subject, detail: { dataset, confirmed } }
  await inTransaction(ctx.db, (tx) => recordAudit(tx, audited))
  return new Promise((resolve, reject) => {
    void whileHeld(ctx, opened, (hold) => move(ctx, opened.run, hold).then(resolve, reject))
  })
}

/** Somebody was faster, and what they have made is as new as ours would be. */
async function asMovedByAnother(ctx: ProvisioningContext, { run, lease }: { run: Run; lease: Lease }): Promise<Run> {
  const { lockId, fencingToken } = onboardingLocks
  await ctx.db.delete(onboardingLocks).where(and(eq(lockId, lease.lockId), eq(fencingToken, lease.fencingToken)))
  return run
}

async function runOf(ctx: ProvisioningContext, slug: string): Promise<Run> {
  const [found] = await ctx.db
    .select({ run: onboardingRuns })
    .from(organizations)
    .innerJoin(onboardingRuns, eq(onboardingRuns.id, organizations.runId))
    .where(and(eq(organizations.slug, slug), eq(organizations.status, 'onboarded')))
  if (!found) throw new GangwayError('NOT_FOUND')
  return found.run
}

/** A failure is journalled, and gives the lock back: the tenant keeps the workspace that it has. */
async function move(ctx: ProvisioningContext, start: Run, hold: Hold): Promise<Run> {
  const { orgId, workspace: old } = created(start)
  const intended = await intendedFor(ctx, start)
  const dataset = intended ?? datasetName(ctx, start.slug)
  const detail = { replaces: old, dataset }
  let run = start
  try {
    if (!intended) run = await write(ctx, { run, hold }, { events: [{ ...STAGE, status: 'started', detail }] })
    const workspace = { dataset, orgSlug: run.slug, runId: run.id }
    const { tables } = await retrying(ctx, hold, () => setUpWorkspace(ctx, workspace))
    await retrying(ctx, hold, () => tellMetaTables(ctx, run, dataset))
    const moved = await write(
      ctx,
      { run, hold },
      {
        events: [
          { ...STAGE, status: 'undone', detail: { dataset: old, slug: run.slug } },
          { ...STAGE, status: 'completed', detail: { dataset, tables } },
        ],
        patch: { workspace: dataset },
        effects: { moved: { orgId, workspace: dataset } },
        release: true,
      },
    )
    await removeOld(ctx, moved, old)
    return moved
  } catch (error) {
    if (hold.signal.aborted || classify(error).code === 'LOCK_LOST') throw error
    const failure = describeFailure(ctx, error, { runId: run.id, stage: STAGE.stage, attempt: 1 })
    const failed = { ...STAGE, status: 'failed', failure, detail: { ...detail, cause: causeOf(error) } } as const
    await write(ctx, { run, hold }, { events: [failed], release: true })
    throw error
  }
}

const intentSchema = z.object({ replaces: z.string(), dataset: z.string() })

/** The name that a call which was cut off has chosen for the workspace that is still the present one's successor. */
async function intendedFor(ctx: ProvisioningContext, { id, workspace }: Run): Promise<string | undefined> {
  const { runId, stage, status, detail, seq } = onboardingStageEvents
  const [row] = await ctx.db
    .select({ detail })
    .from(onboardingStageEvents)
    .where(and(eq(runId, id), eq(stage, STAGE.stage), eq(status, 'started'), sql`${detail} ->> 'replaces' = ${workspace}`))
    .orderBy(desc(seq))
    .limit(1)
  return intentSchema.safeParse(row?.detail).data?.dataset
}

/** The profile as it is, with another workspace. Rows are only ever added, and the newest counts. */
async function tellMetaTables(ctx: ProvisioningContext, run: Run, dataset: string): Promise<void> {
  const profiles = await ctx.warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'org_slug', value: run.slug })
  const newest = profiles.toSorted((one, other) => timeOf(other) - timeOf(one))[0]
  if (!newest) return
  const updatedAt = new Date(Math.max(ctx.clock.now().getTime(), timeOf(newest) + 1))
  const row = { ...newest, workspace_dataset: dataset, updated_at: updatedAt }
  await ctx.warehouse.loadRows(CENTRAL_DATASET, 'org_profiles', { jobId: `${run.id}-${dataset}-org_profiles`, rows: [row] })
}

function timeOf({ updated_at: at }: WarehouseRow): number {
  return at instanceof Date ? at.getTime() : 0
}

/** The tenant has moved by now. What could not be deleted is in the journal as given up. */
async function removeOld(ctx: ProvisioningContext, run: Run, dataset: string): Promise<void> {
  try {
    await removeWorkspace(ctx, { dataset, orgSlug: run.slug, runId: run.id })
  } catch (error) {
    ctx.log.error(
      { err: error, errorId: ctx.ids.errorId(), runId: run.id, dataset },
      'a workspace that was given up is still there',
    )
  }
}
