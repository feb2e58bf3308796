import { GangwayError } from '@gangway/core/errors'
import { COMPREHENSIVE_VIEW, NEAR_LIMIT_PERCENT } from '@gangway/core/workspace'
import { isDuplicate } from './api-error.ts'
import type { Connection } from './connection.ts'
import { datasetId, placeName, tablePath } from './names.ts'
import { findPresent } from './tables.ts'

export interface TenantView {
  dataset: string
  central: string
  orgSlug: string
}

const SLUG = /^[a-z][a-z0-9_]*$/

/** Makes the view, or gives it the query that it should have. */
export async function ensureView(connection: Connection, tenant: TenantView): Promise<void> {
  const { client, pacer, justCreated, answer } = connection
  const place = { dataset: datasetId(tenant.dataset), table: COMPREHENSIVE_VIEW }
  const query = viewQuery(connection.projectId, tenant)
  await pacer.wait('table', placeName(place))
  try {
    await answer(client.dataset(place.dataset).createTable(place.table, { view: query }))
    justCreated.add(placeName(place))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const found = await findPresent(connection, place)
    if (found.query === query) return
    await pacer.wait('table', placeName(place))
    await answer(client.dataset(place.dataset).table(place.table).setMetadata({ view: query }))
  }
}

/** Rows are append-only, so the newest of each thing is taken. Joins are on equality: BigQuery has no other LEFT JOIN. */
function viewQuery(projectId: string, { dataset, central, orgSlug }: TenantView): string {
  if (!SLUG.test(orgSlug)) throw new GangwayError('INPUT_INVALID', { cause: new Error(`not a slug: ${orgSlug}`) })
  const table = (home: string, name: string) => tablePath(projectId, { dataset: home, table: name })
  const own = `WHERE org_slug = '${orgSlug}'`
  return `
    WITH profile AS (
      SELECT org_slug, company_name, admin_email, status
      FROM ${table(central, 'org_profiles')} ${own} ORDER BY updated_at DESC LIMIT 1
    ), subscription AS (
      SELECT org_slug, plan_name, status, daily_limit, monthly_limit, concurrent_limit
      FROM ${table(central, 'org_subscriptions')} ${own} ORDER BY created_at DESC LIMIT 1
    ), quota AS (
      SELECT usage_date, pipelines_run_this_month
      FROM ${table(central, 'org_usage_quotas')} ${own} ORDER BY created_at DESC LIMIT 1
    ), states AS (
      SELECT status, start_time, ROW_NUMBER() OVER (PARTITION BY pipeline_run_id ORDER BY recorded_at DESC) AS age
      FROM ${table(dataset, 'pipeline_runs')} ${own}
    ), today AS (
      SELECT COUNT(*) AS started, COUNTIF(status = 'SUCCEEDED') AS succeeded, COUNTIF(status = 'FAILED') AS failed
      FROM states WHERE age = 1 AND DATE(start_time, 'UTC') = CURRENT_DATE('UTC')
    ), this_month AS (
      SELECT COALESCE(MAX(pipelines_run_this_month), 0) AS started
      FROM quota WHERE DATE_TRUNC(usage_date, MONTH) = DATE_TRUNC(CURRENT_DATE('UTC'), MONTH)
    ), used AS (
      SELECT subscription.org_slug, SAFE_DIVIDE(100 * today.started, subscription.daily_limit) AS day_percent,
        SAFE_DIVIDE(100 * this_month.started, subscription.monthly_limit) AS month_percent
      FROM subscription CROSS JOIN today CROSS JOIN this_month
    )
    SELECT
      profile.org_slug AS tenant_id,
      profile.company_name,
      profile.admin_email,
      profile.status AS tenant_status,
      subscription.plan_name,
      subscription.status AS subscription_status,
      subscription.daily_limit AS subscription_daily_limit,
      subscription.monthly_limit AS subscription_monthly_limit,
      subscription.concurrent_limit AS subscription_concurrent_limit,
      today.started AS pipelines_run_today,
      today.succeeded AS pipelines_succeeded_today,
      today.failed AS pipelines_failed_today,
      CASE
        WHEN used.day_percent IS NULL OR used.month_percent IS NULL THEN 'UNKNOWN'
        WHEN GREATEST(used.day_percent, used.month_percent) >= 100 THEN 'EXCEEDED'
        WHEN GREATEST(used.day_percent, used.month_percent) >= ${NEAR_LIMIT_PERCENT} THEN 'NEAR_LIMIT'
        ELSE 'OK'
      END AS quota_status,
      ROUND(used.day_percent, 1) AS daily_usage_percent
    FROM profile
    CROSS JOIN today
    LEFT JOIN subscription ON subscription.org_slug = profile.org_slug
    LEFT JOIN used ON used.org_slug = profile.org_slug`
}
