import type { Sql } from 'postgres'

/** Different sets of answers: what words they hold is worked out once for each. */
const SETS = 4000
const PEOPLE_PER_ORGANIZATION = 15
const DAYS = 730

/**
 * So many people, each with one snapshot, in the order in which they completed; the same ones at every call. Indexes are
 * made afterwards and triggers rest: as the superuser.
 */
export async function fillAnswers(sql: Sql, people: number): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'onboarding_answer_snapshots' and indexname <> 'onboarding_answer_snapshots_pkey'`
  for (const { name } of indexes) await sql`drop index ${sql(name)}`
  await sql.begin(async (tx) => {
    await tx.unsafe(`set local session_replication_role = replica; set local synchronous_commit = off; select setseed(0.5)`)
    await tx.unsafe(ANSWER_SETS)
    await tx.unsafe(organizations(Math.ceil(people / PEOPLE_PER_ORGANIZATION)))
    await tx.unsafe(snapshots(people))
  })
  await sql.unsafe(`set maintenance_work_mem = '256MB'`)
  for (const { definition } of indexes) await sql.unsafe(definition)
  await sql.unsafe('vacuum analyze onboarding_answer_snapshots')
  await sql.unsafe('analyze users; analyze organizations; analyze subscriptions')
}

const pick = (...values: string[]) => `(array['${values.join("','")}'])[1 + floor(random() * ${values.length})::int]`

const ANSWER_SETS = `
  create temp table bench_sets on commit drop as
  with typed as materialized (
    select n,
      ${pick('founder', 'executive', 'engineering', 'engineering', 'engineering', 'product', 'design', 'data', 'data', 'marketing', 'sales', 'support', 'operations', 'finance', 'finance', 'other')} as role,
      ${pick('platform', 'product', 'data', 'finance', 'growth', 'operations', 'other')} as team,
      ${pick('Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'UTC')} as timezone,
      ${pick('new', 'some', 'seasoned')} as experience,
      ${pick('OpenAI', 'Anthropic', 'Gemini')} as first_tool, ${pick('dbt', 'Airflow', 'Looker', 'Stripe', 'Slack')} as second_tool,
      ${pick('Analytical', 'Difference', 'Northern', 'Blue', 'Quiet', 'Copper', 'Rapid')} || ' ' || ${pick('Engines', 'Rivers', 'Foundry', 'Labs', 'Harbour')} || ' ' || n as company,
      ${pick('Head of data', 'Analyst', 'Engineer', 'Buyer', 'Director')} as job
    from generate_series(1, ${SETS}) n
  ), answered as (
    select n, role, jsonb_build_object(
      'profile', jsonb_build_object('fullName', 'Ada Lovelace', 'jobTitle', job, 'companyName', company),
      'work', jsonb_build_object('role', role, 'team', team, 'timezone', timezone, 'experience', experience,
        'functions', jsonb_build_array('analytics', 'budgeting'), 'intents', jsonb_build_array('set_budgets')),
      'tools', jsonb_build_object('tools', jsonb_build_array(first_tool, second_tool)),
      'preferences', jsonb_build_object('theme', 'dark', 'language', 'en', 'productNews', true, 'weeklyDigest', false),
      'workspace', jsonb_build_object('mode', 'create', 'name', company, 'slug', 'engines_' || n)) as answers,
      array['preferences.language=en', 'preferences.productNews=true', 'preferences.theme=dark', 'preferences.weeklyDigest=false',
        'profile.companyName=' || company, 'profile.fullName=Ada Lovelace', 'profile.jobTitle=' || job,
        'tools.tools=' || first_tool, 'tools.tools=' || second_tool, 'work.experience=' || experience, 'work.functions=analytics',
        'work.functions=budgeting', 'work.intents=set_budgets', 'work.role=' || role, 'work.team=' || team,
        'work.timezone=' || timezone, 'workspace.mode=create', 'workspace.name=' || company, 'workspace.slug=engines_' || n] as flat
    from typed
  )
  select n, role, answers, flat, answer_words('Ada', 'ada', flat) as search from answered`

const organizations = (count: number) => `
  create temp table bench_organizations on commit drop as
  select n, gen_random_uuid() as id, (array['STARTER', 'STARTER', 'STARTER', 'PROFESSIONAL', 'PROFESSIONAL', 'SCALE'])[1 + n % 6] as plan
  from generate_series(1, ${count}) n;
  insert into organizations (id, run_id, slug, name, status) select id, gen_random_uuid(), 'bench_' || n, 'Bench ' || n, 'onboarded' from bench_organizations;
  insert into subscriptions (org_id, checkout_session_id, plan, status, provider)
  select id, 'cs_bench_' || n, plan, 'active', 'sandbox' from bench_organizations`

/** Two in three belong to an organization, some of them to very large ones. */
const snapshots = (people: number) => `
  create temp table bench_people on commit drop as
  select n, gen_random_uuid() as id, 1 + floor(random() * ${SETS})::int as set,
    case when random() < 0.66 then 1 + floor(power(random(), 3) * ${Math.ceil(people / PEOPLE_PER_ORGANIZATION)})::int end as org
  from generate_series(1, ${people}) n;
  insert into users (id, name, email) select id, 'Ada Lovelace', 'ada' || n || '@example.com' from bench_people;
  insert into onboarding_answer_snapshots
    (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers, flat, plan, search)
  select gen_random_uuid(), p.id, o.id, s.role, case p.n % 10 when 0 then 'short' when 1 then 'long' else 'control' end,
    timestamptz '2024-11-01' + p.n * (interval '${DAYS} days' / ${people}), 1 + p.n * 3 / ${people + 1}, s.answers, s.flat, o.plan,
    s.search || array_to_tsvector(array['ada', 'ada' || p.n, 'ada' || p.n || '@example.com', 'com', 'example', 'lovelace'])
  from bench_people p join bench_sets s on s.n = p.set left join bench_organizations o on o.n = p.org
  order by p.n`
