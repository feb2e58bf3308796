import { apiKeys, dryRuns, pendingBackendSyncs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { WarehouseRow } from '../ports/index.ts'
import { cancelRun, findRun, fulfil, operatorKey, rollBackRun, syncPendingRecord } from '../provisioning/index.ts'
import { removeWorkspace } from '../workspace/index.ts'
import { isCheckTenant } from './check-tenant.ts'

type Run = NonNullable<Awaited<ReturnType<typeof findRun>>>

/** A state that nothing leads out of is no reason to try for ever. */
const STEPS = 6

/**
 * Removes a tenant that was made to check the installation, wherever its run has stopped: one that did not come through is
 * cancelled and rolled back; of one that did the keys go first, then the workspace, then the rows, the account included.
 * Safe to repeat. What is left are rows of the audit log and of the meta tables, which only grow; the last one of these
 * says REMOVED.
 *
 * Throws FORBIDDEN for any other tenant, and RUN_STATE_INVALID when somebody else is at it.
 */
export async function discardCheckTenant(ctx: ProvisioningContext, { tenantId }: { tenantId: string }): Promise<void> {
  if (!isCheckTenant(tenantId)) throw new GangwayError('FORBIDDEN')
  for (let step = 0; step < STEPS; step++) {
    const run = await findRun(ctx, operatorKey(tenantId))
    if (!run) return forgetDryRun(ctx, tenantId)
    if (run.state === 'succeeded' || run.state === 'rolled_back') return forget(ctx, run)
    await bringToAnEnd(ctx, run)
  }
  throw new GangwayError('RUN_STATE_INVALID')
}

/** One step towards a state in which the run can be forgotten. */
async function bringToAnEnd(ctx: ProvisioningContext, run: Run): Promise<void> {
  const { id: runId, checkoutSessionId, state } = run
  switch (state) {
    case 'awaiting_payment':
    case 'pending':
    case 'running':
      return (await fulfil(ctx, { checkoutSessionId, resume: true })).settled
    case 'failed':
      await cancelRun(ctx, { runId, actorId: null, reason: 'A check of the installation is over.' })
      return
    case 'cancelled':
      return (await rollBackRun(ctx, { runId, actorId: null })).settled
    case 'needs_sync': {
      const records = await ctx.db
        .select({ id: pendingBackendSyncs.id })
        .from(pendingBackendSyncs)
        .where(eq(pendingBackendSyncs.runId, runId))
      for (const { id } of records) await syncPendingRecord(ctx, { id })
      return
    }
    case 'succeeded':
    case 'rolled_back':
      return
  }
}

async function forget(ctx: ProvisioningContext, run: Run): Promise<void> {
  const { id: runId, orgId, slug, workspace } = run
  const now = ctx.clock.now()
  if (orgId !== null) {
    await inTransaction(ctx.db, (tx) =>
      tx
        .update(apiKeys)
        .set({ revokedAt: now })
        .where(and(eq(apiKeys.orgId, orgId), isNull(apiKeys.revokedAt))),
    )
  }
  if (workspace !== null) await removeWorkspace(ctx, { dataset: workspace, orgSlug: slug, runId })
  if (run.state === 'succeeded') await tellMetaTables(ctx, run)
  await inTransaction(ctx.db, (tx) => tx.execute(sql`select forget_check_run(${runId})`))
}

/** Rows are only ever added, and the newest counts. */
async function tellMetaTables(ctx: ProvisioningContext, { id, slug }: Run): Promise<void> {
  const profiles = await ctx.warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'org_slug', value: slug })
  const newest = profiles.toSorted((one, other) => timeOf(other) - timeOf(one))[0]
  if (!newest || newest['status'] === 'REMOVED') return
  const updatedAt = new Date(Math.max(ctx.clock.now().getTime(), timeOf(newest) + 1))
  const row = { ...newest, status: 'REMOVED', updated_at: updatedAt }
  await ctx.warehouse.loadRows(CENTRAL_DATASET, 'org_profiles', { jobId: `${id}-removed`, rows: [row] })
}

function timeOf({ updated_at: at }: WarehouseRow): number {
  return at instanceof Date ? at.getTime() : 0
}

/** Of a check that did not come as far as a run. */
async function forgetDryRun(ctx: ProvisioningContext, tenantId: string): Promise<void> {
  await inTransaction(ctx.db, (tx) => tx.delete(dryRuns).where(eq(dryRuns.tenantId, tenantId)))
}
