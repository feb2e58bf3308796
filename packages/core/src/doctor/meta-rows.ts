import { PLANS } from '@gangway/schemas/plans'
import type { WarehouseRow } from '../ports/index.ts'
import type { Tenant } from './tenant.ts'

/** The meta tables in which every organization has a row, and the column by which the newest one is told. */
export const META_ROWS = {
  org_profiles: 'updated_at',
  org_subscriptions: 'created_at',
  org_usage_quotas: 'created_at',
} as const
export type MetaRowTable = keyof typeof META_ROWS

/** What the present row of a table has to say; the other columns are as they may be. */
export function expectedMetaRow({ org, subscription, run }: Tenant, table: MetaRowTable): WarehouseRow {
  switch (table) {
    case 'org_profiles':
      return { workspace_dataset: org.workspace }
    case 'org_subscriptions': {
      const plan = subscription?.plan ?? run?.plan
      if (!plan) return {}
      const { limits } = PLANS[plan]
      return {
        plan_name: plan,
        daily_limit: limits.runsPerDay,
        monthly_limit: limits.runsPerMonth,
        concurrent_limit: limits.runsAtOnce,
      }
    }
    case 'org_usage_quotas':
      return {}
  }
}

/** A whole row for a table in which there is none, or none that is right. */
export function newMetaRow(tenant: Tenant, table: MetaRowTable, at: Date): WarehouseRow {
  const { org, run, owner } = tenant
  const shared = { org_slug: org.slug, created_at: at, ...expectedMetaRow(tenant, table) }
  switch (table) {
    case 'org_profiles':
      return {
        ...shared,
        ...{ org_id: org.id, run_id: run?.id ?? null, company_name: org.name, admin_email: owner?.email ?? '' },
        ...{ status: 'ACTIVE', updated_at: at },
      }
    case 'org_subscriptions':
      return { ...shared, status: (tenant.subscription?.status ?? 'active').toUpperCase() }
    case 'org_usage_quotas':
      return { ...shared, usage_date: at, pipelines_run: 0, pipelines_succeeded: 0, pipelines_failed: 0 }
  }
}

/** Rows are only ever added, and the newest counts. */
export function newestRow(rows: readonly WarehouseRow[], table: MetaRowTable): WarehouseRow | undefined {
  const timeOf = (row: WarehouseRow) => {
    const at = row[META_ROWS[table]]
    return at instanceof Date ? at.getTime() : 0
  }
  return rows.toSorted((one, other) => timeOf(other) - timeOf(one))[0]
}
