import type { WarehouseRow } from '../ports/warehouse.ts'
import { NEAR_LIMIT_PERCENT, type QuotaStatus } from '../workspace/comprehensive-view.ts'

export interface ComprehensiveViewSource {
  profiles: readonly WarehouseRow[]
  subscriptions: readonly WarehouseRow[]
  quotas: readonly WarehouseRow[]
  pipelineRuns: readonly WarehouseRow[]
  now: Date
}

/** The row of `tenant_comprehensive_view` for one organization, or none before its profile is written. */
export function comprehensiveView(orgSlug: string, source: ComprehensiveViewSource): WarehouseRow[] {
  const own = (rows: readonly WarehouseRow[]) => rows.filter((row) => row['org_slug'] === orgSlug)
  const profile = newest(own(source.profiles), 'updated_at')
  if (!profile) return []
  const subscription = newest(own(source.subscriptions), 'created_at')
  const quota = newest(own(source.quotas), 'created_at')
  const statuses = presentRuns(own(source.pipelineRuns))
    .filter((row) => day(row['start_time']) === day(source.now))
    .map((row) => row['status'])

  const thisMonth = quota && String(quota['usage_date']).slice(0, 7) === day(source.now).slice(0, 7)
  const monthPercent = percent(thisMonth ? quota['pipelines_run_this_month'] : 0, subscription?.['monthly_limit'])
  const dayPercent = percent(statuses.length, subscription?.['daily_limit'])
  return [
    {
      tenant_id: orgSlug,
      company_name: profile['company_name'] ?? null,
      admin_email: profile['admin_email'] ?? null,
      tenant_status: profile['status'] ?? null,
      plan_name: subscription?.['plan_name'] ?? null,
      subscription_status: subscription?.['status'] ?? null,
      subscription_daily_limit: subscription?.['daily_limit'] ?? null,
      subscription_monthly_limit: subscription?.['monthly_limit'] ?? null,
      subscription_concurrent_limit: subscription?.['concurrent_limit'] ?? null,
      pipelines_run_today: statuses.length,
      pipelines_succeeded_today: statuses.filter((status) => status === 'SUCCEEDED').length,
      pipelines_failed_today: statuses.filter((status) => status === 'FAILED').length,
      quota_status: quotaStatus(dayPercent, monthPercent),
      daily_usage_percent: dayPercent === null ? null : Math.round(dayPercent * 10) / 10,
    },
  ]
}

function quotaStatus(dayPercent: number | null, monthPercent: number | null): QuotaStatus {
  if (dayPercent === null || monthPercent === null) return 'UNKNOWN'
  const highest = Math.max(dayPercent, monthPercent)
  if (highest >= 100) return 'EXCEEDED'
  return highest >= NEAR_LIMIT_PERCENT ? 'NEAR_LIMIT' : 'OK'
}

function percent(used: unknown, limit: unknown): number | null {
  return typeof limit === 'number' && limit > 0 ? (100 * Number(used ?? 0)) / limit : null
}

function presentRuns(rows: readonly WarehouseRow[]): WarehouseRow[] {
  const ids = new Set(rows.map((row) => row['pipeline_run_id']))
  return [...ids]
    .map((id) =>
      newest(
        rows.filter((row) => row['pipeline_run_id'] === id),
        'recorded_at',
      ),
    )
    .filter((row) => row !== undefined)
}

function newest(rows: readonly WarehouseRow[], column: string): WarehouseRow | undefined {
  return rows.toSorted((a, b) => time(b[column]) - time(a[column]))[0]
}

function time(value: unknown): number {
  return value instanceof Date ? value.getTime() : 0
}

function day(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : ''
}
