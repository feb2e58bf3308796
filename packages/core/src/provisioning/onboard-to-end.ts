import { organizations } from '@gangway/db/schema'
import { and, eq } from 'drizzle-orm'
import type { PlanId } from '@gangway/schemas/plans'
import type { ProvisioningContext } from '../context.ts'
import { codeNamed, GangwayError } from '../errors/index.ts'
import { WORKSPACE_TABLES } from '../workspace/index.ts'
import { findRun } from './find-run.ts'
import type { Fulfilment } from './fulfil.ts'
import { handOverKey } from './hand-over-key.ts'
import { onboardTenant, type OnboardTenantInput } from './onboard-tenant.ts'
import { operatorKey } from './operator-key.ts'
import { recreateWorkspace } from './recreate-workspace.ts'
import type { Run } from './run-row.ts'

export interface OnboardToEndInput extends OnboardTenantInput {
  /** Makes the workspace of a tenant that exists anew; one that does not exist is onboarded as ever. */
  recreate: boolean
  /** The tenant's id once more: needed to give up a workspace that holds rows of the customer. */
  confirmTenantId?: string | undefined
}

export interface OnboardedTenant {
  tenantId: string
  plan: PlanId
  /** Null for a tenant that was there before: it keeps its keys. */
  apiKey: string | null
  /** Those of the workspace, which this call, or what it has gone on with, has made. */
  tables: string[]
}

/** How long the answer is waited for. The run goes on after that. */
const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 250

/**
 * `onboardTenant` to its end, with the key in the answer. The key is given away once: a call whose run came to its end
 * while nobody listened gets it, and every later one throws ORGANIZATION_EXISTS. Throws what the run failed with,
 * RUN_STATE_INVALID when it was given up, and STAGE_TIMED_OUT when it is not through in a minute; the details name the run.
 */
export async function onboardToEnd(ctx: ProvisioningContext, input: OnboardToEndInput): Promise<OnboardedTenant> {
  const { tenantId, recreate, confirmTenantId, ...wanted } = input
  if (recreate && (await isOnboarded(ctx, tenantId))) {
    const { plan } = await recreateWorkspace(ctx, { tenantId, confirmTenantId })
    return { tenantId, plan, apiKey: null, tables: TABLES }
  }
  const known = await findRun(ctx, operatorKey(tenantId))
  const run = known?.state === 'succeeded' ? known : await ended(ctx, tenantId, await onboardTenant(ctx, { tenantId, ...wanted }))
  const apiKey = await handOverKey(ctx, { tenantId })
  if (apiKey === null) throw new GangwayError('ORGANIZATION_EXISTS')
  return { tenantId, plan: run.plan, apiKey, tables: TABLES }
}

/** A run that has succeeded has made all of them. */
const TABLES = WORKSPACE_TABLES.map(({ name }) => name)

async function isOnboarded(ctx: ProvisioningContext, tenantId: string): Promise<boolean> {
  const rows = await ctx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.slug, tenantId), eq(organizations.status, 'onboarded')))
  return rows.length > 0
}

/** The run when it has succeeded, whoever advances it. */
async function ended(ctx: ProvisioningContext, tenantId: string, { part, settled }: Fulfilment): Promise<Run> {
  const over = new AbortController()
  const patience = ctx.clock.sleep(PATIENCE_MS, over.signal)
  if (part === 'started') await Promise.race([settled, patience])
  const deadline = ctx.clock.now().getTime() + PATIENCE_MS
  try {
    for (;;) {
      const run = await findRun(ctx, operatorKey(tenantId))
      if (run?.state === 'succeeded') return run
      const goesOn = part === 'joined' && (run?.state === 'pending' || run?.state === 'running')
      if (!goesOn || ctx.clock.now().getTime() >= deadline) throw notThrough(run)
      await ctx.clock.sleep(LOOK_EVERY_MS)
    }
  } finally {
    over.abort()
  }
}

/** Its own failure where it has one, under the id that staff know. */
function notThrough(run: Run | undefined): GangwayError {
  const { id, state, failure } = run ?? {}
  const details = { run_id: id, run_state: state, ...(failure && { run_error_id: failure.errorId }) }
  if (failure) return new GangwayError(codeNamed(failure.code), { details })
  const isOver = state === 'cancelled' || state === 'rolled_back'
  return new GangwayError(isOver ? 'RUN_STATE_INVALID' : 'STAGE_TIMED_OUT', { details })
}
