import type { SuperuserSql } from './site.ts'

/** `redone`: taken back to an earlier stage in between, so that some of it was made twice, and one of each is left. */
export type Expected = 'onboarded' | 'redone' | 'rolled_back'

interface Found {
  checkout: string
  run_id: string | null
  state: string | null
  stages_completed: number
  last_seq: number
  slug: string
  workspace: string | null
  runs: number
  events: number
  lowest: number
  highest: number
  completed: string[]
  organizations: number
  members: number
  subscriptions: number
  live_keys: number
  reveals: number
  datasets: string[]
  tables: number
  profiles: number
  newest_profile: string | null
  subscription_rows: number
  quota_rows: number
  charges: number
  refunds: number
  welcomes: number
  locks: number
}

const STAGES = ['create_organization', 'finalize', 'generate_api_key', 'set_up_workspace', 'verify_payment']

/** Looks at everything that a run leaves, from outside the product, and says what is missing, double or wrong. */
export async function findLosses(sql: SuperuserSql, checkouts: string[], expected: Expected): Promise<string[]> {
  const found = await look(sql, checkouts)
  const lines = found.flatMap((run) => differences(run, expected).map((line) => `${run.checkout} (${run.slug}): ${line}`))
  if (lines.length > 0 || expected === 'rolled_back') return lines
  return unverified(sql, found)
}

function differences(run: Found, expected: Expected): string[] {
  if (run.run_id === null) return ['paid, and there is no run']
  const is = (name: string, actual: unknown, wanted: unknown) =>
    JSON.stringify(actual) === JSON.stringify(wanted)
      ? []
      : [`${name} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`]
  const always = [
    ...is('runs', run.runs, 1),
    ...is('the journal', [run.events, run.lowest, run.highest], [run.last_seq, 1, run.last_seq]),
    ...is('locks', run.locks, 0),
  ]
  if (expected === 'rolled_back') {
    return [
      ...always,
      ...is('state', run.state, 'rolled_back'),
      ...is('live organizations', run.organizations, 0),
      ...is('datasets', run.datasets, []),
      ...is('live keys', run.live_keys, 0),
      ...is('active subscriptions', run.subscriptions, 0),
      ...is('charges kept', run.charges, 0),
      ...is('refunds', run.refunds, 1),
    ]
  }
  const operator = run.checkout.startsWith('op_')
  return [
    ...always,
    ...is('state', run.state, 'succeeded'),
    ...is('stages completed', run.stages_completed, 5),
    ...(expected === 'onboarded' ? is('completed stages', run.completed, STAGES) : []),
    ...is('onboarded organizations', run.organizations, 1),
    ...is('owners', run.members, 1),
    ...is('active subscriptions', run.subscriptions, 1),
    ...is('live keys', run.live_keys, 1),
    ...is('reveals', run.reveals, 1),
    ...is('datasets', run.datasets, [run.workspace]),
    ...is('tables and views of the dataset', run.tables, 7),
    ...(expected === 'onboarded' ? is('profiles in the warehouse', run.profiles, 1) : []),
    ...is('the newest profile', run.newest_profile, run.workspace),
    ...(expected === 'onboarded' ? is('subscription and quota rows', [run.subscription_rows, run.quota_rows], [1, 1]) : []),
    ...is('charges kept', run.charges, operator ? 0 : 1),
    ...is('refunds', run.refunds, 0),
    ...is('welcome mails', run.welcomes, 1),
  ]
}

async function look(sql: SuperuserSql, checkouts: string[]): Promise<Found[]> {
  return sql<Found[]>`
    with wanted as (select unnest(${checkouts}::text[]) as checkout),
    run as (select w.checkout, r.* from wanted w left join onboarding_runs r on r.checkout_session_id = w.checkout),
    named as (
      select nspname, left(nspname, -9) as slug from pg_namespace where nspname ~ '_[a-z0-9]{8}$'
    ), dataset as (
      select slug, array_agg(nspname::text order by nspname) as names from named group by slug
    ), welcome as (
      select data ->> 'dedupeKey' as key, count(*)::int as jobs from pgboss.job
      where name = 'notifications.send-mail' and data ->> 'dedupeKey' like 'welcome:%' group by 1
    ), event as (
      select run_id, count(*)::int as events, min(seq) as lowest, max(seq) as highest,
             coalesce(array_agg(stage order by stage) filter (where status = 'completed'), '{}') as completed
      from onboarding_stage_events where run_id in (select id from run) group by run_id
    )
    select run.checkout, run.id as run_id, run.state, run.stages_completed, run.last_seq, run.slug, run.workspace,
      (select count(*)::int from onboarding_runs r where r.checkout_session_id = run.checkout) as runs,
      coalesce(event.events, 0) as events, event.lowest, event.highest, coalesce(event.completed, '{}') as completed,
      (select count(*)::int from organizations o where o.run_id = run.id and o.status <> 'abandoned'
        and (run.state <> 'succeeded' or (o.status = 'onboarded' and o.workspace = run.workspace and o.id = run.org_id))) as organizations,
      (select count(*)::int from organization_members m where m.org_id = run.org_id and m.role = 'owner') as members,
      (select count(*)::int from subscriptions s where s.checkout_session_id = run.checkout and s.status = 'active') as subscriptions,
      (select count(*)::int from api_keys k where k.run_id = run.id and revoked_at is null) as live_keys,
      (select count(*)::int from key_reveals v join api_keys k on k.id = v.api_key_id
        where k.run_id = run.id and v.sealed is not null and v.expires_at > now()) as reveals,
      coalesce(dataset.names, '{}') as datasets,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = run.workspace and c.relkind in ('r', 'v') and c.relname <> '_load_jobs') as tables,
      (select count(*)::int from organizations.org_profiles p where p.run_id = run.id::text) as profiles,
      (select p.workspace_dataset from organizations.org_profiles p where p.run_id = run.id::text
        order by updated_at desc limit 1) as newest_profile,
      (select count(*)::int from organizations.org_subscriptions p where p.org_slug = run.slug) as subscription_rows,
      (select count(*)::int from organizations.org_usage_quotas p where p.org_slug = run.slug) as quota_rows,
      (select count(*)::int from sandbox_checkouts c where c.id = run.checkout and c.status = 'complete' and c.refunded_at is null) as charges,
      (select count(*)::int from sandbox_checkouts c where c.id = run.checkout and c.refunded_at is not null) as refunds,
      coalesce(welcome.jobs, 0) as welcomes,
      (select count(*)::int from onboarding_locks l where l.checkout_session_id = run.checkout) as locks
    from run left join event on event.run_id = run.id left join dataset on dataset.slug = run.slug
    left join welcome on welcome.key = 'welcome:' || run.id`
}

const AT_ONCE = 100

/** Each workspace holds the one row that was read back from it. */
async function unverified(sql: SuperuserSql, found: Found[]): Promise<string[]> {
  const lines: string[] = []
  for (let start = 0; start < found.length; start += AT_ONCE) {
    const counts = found.slice(start, start + AT_ONCE).map(
      // Names of the product's own making, of letters, digits and underscores.
      ({ workspace, run_id }) =>
        `select '${workspace}' as dataset, count(*)::int as rows from "${workspace}".onboarding_validation_test where run_id = '${run_id}'`,
    )
    for (const { dataset, rows } of await sql.unsafe<{ dataset: string; rows: number }[]>(counts.join(' union all '))) {
      if (rows !== 1) lines.push(`${dataset}: ${rows} validation rows, not 1`)
    }
  }
  return lines
}
