import { COMPREHENSIVE_VIEW, NEAR_LIMIT_PERCENT } from '@gangway/core/workspace'
import { literal, tableIn } from './names.ts'

/** Rows are append-only, so the newest of each thing is taken. One lock per view: replacing one twice at once fails otherwise. */
export function createComprehensiveView(dataset: string, central: string, orgSlug: string): string {
  const view = tableIn(dataset, COMPREHENSIVE_VIEW)
  const own = `where org_slug = ${literal(orgSlug)}`
  return `
    select pg_advisory_xact_lock(hashtextextended(${literal(view)}, 0));
    create or replace view ${view} as
    with profile as (
      select org_slug, company_name, admin_email, status
      from ${tableIn(central, 'org_profiles')} ${own} order by updated_at desc limit 1
    ), subscription as (
      select plan_name, status, daily_limit, monthly_limit, concurrent_limit
      from ${tableIn(central, 'org_subscriptions')} ${own} order by created_at desc limit 1
    ), quota as (
      select usage_date, pipelines_run_this_month
      from ${tableIn(central, 'org_usage_quotas')} ${own} order by created_at desc limit 1
    ), present_runs as (
      select distinct on (pipeline_run_id) status, start_time
      from ${tableIn(dataset, 'pipeline_runs')} ${own} order by pipeline_run_id, recorded_at desc
    ), today as (
      select count(*) as run,
        count(*) filter (where status = 'SUCCEEDED') as succeeded,
        count(*) filter (where status = 'FAILED') as failed
      from present_runs where (start_time at time zone 'UTC')::date = (now() at time zone 'UTC')::date
    ), month as (
      select coalesce(max(pipelines_run_this_month), 0) as run
      from quota where date_trunc('month', usage_date) = date_trunc('month', (now() at time zone 'UTC')::date)
    ), used as (
      select 100.0 * today.run / nullif(subscription.daily_limit, 0) as day_percent,
        100.0 * month.run / nullif(subscription.monthly_limit, 0) as month_percent
      from today cross join month cross join subscription
    )
    select
      profile.org_slug as tenant_id,
      profile.company_name,
      profile.admin_email,
      profile.status as tenant_status,
      subscription.plan_name,
      subscription.status as subscription_status,
      subscription.daily_limit as subscription_daily_limit,
      subscription.monthly_limit as subscription_monthly_limit,
      subscription.concurrent_limit as subscription_concurrent_limit,
      today.run as pipelines_run_today,
      today.succeeded as pipelines_succeeded_today,
      today.failed as pipelines_failed_today,
      case
        when used.day_percent is null or used.month_percent is null then 'UNKNOWN'
        when greatest(used.day_percent, used.month_percent) >= 100 then 'EXCEEDED'
        when greatest(used.day_percent, used.month_percent) >= ${NEAR_LIMIT_PERCENT} then 'NEAR_LIMIT'
        else 'OK'
      end as quota_status,
      round(used.day_percent, 1)::double precision as daily_usage_percent
    from profile
    cross join today
    left join subscription on true
    left join used on true`
}
