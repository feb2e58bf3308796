import { apiKeys, onboardingRuns, organizations } from '@gangway/db/schema'
import type { PlannedResource } from '@gangway/schemas/dry-run'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { CENTRAL_DATASET, tableDrift } from '../bootstrap/index.ts'
import { checkSlug } from '../checkout/check-slug.ts'
import type { DryRunContext } from '../context.ts'
import type { ColumnState } from '../ports/warehouse.ts'
import { COMPREHENSIVE_VIEW, WORKSPACE_TABLES } from '../workspace/index.ts'
import type { DryRunInput } from './input.ts'

/** The tables of the central dataset in which a run leaves a row. */
const META_ROWS = ['org_profiles', 'org_subscriptions', 'org_usage_quotas']

type Action = PlannedResource['action']

/** Every resource that a run for this input makes, in its order, and what is there of it. Creates nothing. */
export async function drawPlan(ctx: DryRunContext, input: DryRunInput): Promise<PlannedResource[]> {
  const { tenantId, adminEmail, plan } = input
  const [made, { available }] = await Promise.all([
    madeByRun(ctx, input.runId),
    checkSlug(ctx, { slug: tenantId, userId: input.userId, runId: input.runId }),
  ])
  const tables = made.workspace === null ? undefined : await describe(ctx, made.workspace)
  const dataset = made.workspace ?? `${tenantId}_<8 random characters>`
  const organization = existsIf(made.organization)
  return [
    { kind: 'organization', name: tenantId, action: available ? organization : 'conflict' },
    { kind: 'membership', name: `${adminEmail.trim().toLowerCase()} (owner)`, action: organization },
    { kind: 'subscription', name: plan, action: organization },
    { kind: 'dataset', name: dataset, action: existsIf(tables !== undefined) },
    ...WORKSPACE_TABLES.map((table): PlannedResource => {
      const columns = tables?.get(table.name)
      const broken = columns !== undefined && tableDrift(table, columns).refused.length > 0
      return { kind: 'table', name: `${dataset}.${table.name}`, action: broken ? 'conflict' : existsIf(columns !== undefined) }
    }),
    { kind: 'view', name: `${dataset}.${COMPREHENSIVE_VIEW}`, action: existsIf(tables?.has(COMPREHENSIVE_VIEW) ?? false) },
    { kind: 'api_key', name: `the key of ${tenantId}`, action: existsIf(made.key) },
    { kind: 'reveal', name: `the showing of the key of ${tenantId}`, action: existsIf(made.key) },
    ...META_ROWS.map((table): PlannedResource => ({
      kind: 'meta_row',
      name: `${CENTRAL_DATASET}.${table} (${tenantId})`,
      action: existsIf(made.finished),
    })),
  ]
}

function existsIf(there: boolean): Action {
  return there ? 'exists' : 'create'
}

interface Made {
  organization: boolean
  workspace: string | null
  key: boolean
  finished: boolean
}

const NOTHING: Made = { organization: false, workspace: null, key: false, finished: false }

async function madeByRun(ctx: DryRunContext, runId: string | undefined): Promise<Made> {
  if (runId === undefined) return NOTHING
  const [run] = await ctx.db
    .select({
      orgId: organizations.id,
      workspace: onboardingRuns.workspace,
      keyId: apiKeys.id,
      stagesCompleted: onboardingRuns.stagesCompleted,
    })
    .from(onboardingRuns)
    .leftJoin(organizations, and(eq(organizations.runId, onboardingRuns.id), ne(organizations.status, 'abandoned')))
    .leftJoin(apiKeys, and(eq(apiKeys.runId, onboardingRuns.id), isNull(apiKeys.revokedAt)))
    .where(eq(onboardingRuns.id, runId))
  if (!run) return NOTHING
  const { orgId, workspace, keyId, stagesCompleted } = run
  return { organization: orgId !== null, workspace, key: keyId !== null, finished: stagesCompleted === STAGE_IDS.length }
}

async function describe(ctx: DryRunContext, workspace: string): Promise<Map<string, ColumnState[]> | undefined> {
  const found = await ctx.warehouse.describeDataset(workspace)
  return found ? new Map(found.map(({ table, columns }) => [table, columns])) : undefined
}
