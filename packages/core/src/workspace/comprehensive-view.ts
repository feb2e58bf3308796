import type { ColumnType } from '../ports/warehouse.ts'

/** The view of every workspace that tells one organization's state in one row; empty until its profile is written. */
export const COMPREHENSIVE_VIEW = 'tenant_comprehensive_view'

/** In this order. Counts are of the UTC day; the percentage has one decimal. */
export const COMPREHENSIVE_VIEW_COLUMNS = [
  { name: 'tenant_id', type: 'STRING' },
  { name: 'company_name', type: 'STRING' },
  { name: 'admin_email', type: 'STRING' },
  { name: 'tenant_status', type: 'STRING' },
  { name: 'plan_name', type: 'STRING' },
  { name: 'subscription_status', type: 'STRING' },
  { name: 'subscription_daily_limit', type: 'INT64' },
  { name: 'subscription_monthly_limit', type: 'INT64' },
  { name: 'subscription_concurrent_limit', type: 'INT64' },
  { name: 'pipelines_run_today', type: 'INT64' },
  { name: 'pipelines_succeeded_today', type: 'INT64' },
  { name: 'pipelines_failed_today', type: 'INT64' },
  { name: 'quota_status', type: 'STRING' },
  { name: 'daily_usage_percent', type: 'FLOAT64' },
] as const satisfies readonly { name: string; type: ColumnType }[]

/** Of the runs that a plan allows per day and month: NEAR_LIMIT from 80 % on, EXCEEDED from 100 % on, UNKNOWN without a subscription. */
export const QUOTA_STATUSES = ['OK', 'NEAR_LIMIT', 'EXCEEDED', 'UNKNOWN'] as const
export type QuotaStatus = (typeof QUOTA_STATUSES)[number]
export const NEAR_LIMIT_PERCENT = 80
