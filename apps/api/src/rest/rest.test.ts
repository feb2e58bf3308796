import { restPersonHistorySchema, restSnapshotPageSchema } from '@gangway/schemas/rest/answers'
import { restOnboardingProgressSchema } from '@gangway/schemas/rest/onboarding'
import { restStarterKitSchema } from '@gangway/schemas/rest/starter'
import { describe, expect, it } from 'vitest'
import { type Person, testApi } from '../testing/api.ts'
import { call, failureOf } from './testing/call.ts'

const api = await testApi()
const { url, database, signUp } = api
const rootKey = { 'x-ca-root-key': database.rootKey }

const PROGRESS = `${url}/api/users/me/onboarding-progress`
const ANSWERS = `${url}/api/admin/onboarding/answers`

function post(path: string, body: unknown, headers: Record<string, string> = rootKey) {
  return call(url + path, { method: 'POST', body: JSON.stringify(body), headers })
}

async function newStaff(): Promise<Person> {
  const person = await signUp('Staff')
  await database.sql`update users set role = 'admin' where email = ${person.email}`
  return person
}

let made = 0
function tenant() {
  const id = `by_rest_${made++}`
  return { tenant_id: id, company_name: 'Acme Corp', admin_email: `${id}@example.com`, subscription_plan: 'PROFESSIONAL' }
}

describe('the root key', () => {
  it('is asked for, and nothing else will do', async () => {
    const { cookie } = await newStaff()
    const attempts: Record<string, string>[] = [
      {},
      { 'x-ca-root-key': '' },
      { 'x-ca-root-key': `${database.rootKey}x` },
      { cookie },
    ]
    for (const headers of attempts) {
      const refused = await failureOf(call(`${url}/api/v1/admin/bootstrap/status`, { headers }))
      expect(refused).toMatchObject({ status: 401, error: 'ROOT_KEY_INVALID', error_id: expect.stringMatching(/^err_/) })
    }
  })

  it('sets the warehouse up, as often as one likes', async () => {
    const done = await post('/api/v1/admin/bootstrap', {})
    expect(done).toMatchObject({ status: 200, body: { status: 'SYNCED', tables_present: 21, runs_resumed: 0 } })
    const status = await call(`${url}/api/v1/admin/bootstrap/status`, { headers: rootKey })
    expect(status.body).toEqual({ status: 'SYNCED', tables_expected: 21, tables_present: 21, tables_missing: [], drift: [] })
    const entries = await database.sql`select actor_id from audit_log where action = 'bootstrap.finished'`
    expect(entries).toEqual([{ actor_id: null }])
  })
})

describe('a tenant', () => {
  it('is onboarded after a dry run of the same body, and its key is in this answer alone', async () => {
    const input = { ...tenant(), force_recreate_dataset: false, force_recreate_tables: false }
    const refused = await failureOf(post('/api/v1/tenants/onboard', input))
    expect(refused).toMatchObject({ status: 422, error: 'DRY_RUN_REQUIRED', details: { failed_checks: [] } })
    const dry = await post('/api/v1/tenants/dryrun', input)
    expect(dry).toMatchObject({
      status: 200,
      body: { status: 'passed', tenant_id: input.tenant_id, ready_for_onboarding: true, validation_summary: { total_checks: 8 } },
    })
    const { status, headers, body } = await post('/api/v1/tenants/onboard', input)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(body).toEqual({
      tenant_id: input.tenant_id,
      api_key: expect.stringMatching(/^gw_live_[0-9A-Za-z]{36}$/),
      subscription_plan: 'PROFESSIONAL',
      dataset_created: true,
      tables_created: expect.arrayContaining(['usage_records', 'cost_records', 'onboarding_validation_test']),
      message: expect.any(String),
    })
    const again = await failureOf(post('/api/v1/tenants/onboard', input))
    expect(again).toMatchObject({ status: 409, error: 'ORGANIZATION_EXISTS' })
  })

  it('is refused with the checks that fail', async () => {
    const input = { ...tenant(), tenant_id: 'Not-A-Slug' }
    expect(await post('/api/v1/tenants/dryrun', input)).toMatchObject({ status: 200, body: { ready_for_onboarding: false } })
    expect(await failureOf(post('/api/v1/tenants/onboard', input))).toMatchObject({
      status: 422,
      details: { failed_checks: [{ name: 'tenant_id_format', status: 'failed', code: 'SLUG_INVALID' }] },
    })
  })

  it('gets its workspace made anew, not with rows in it unless its id is typed in', async () => {
    const input = tenant()
    await post('/api/v1/tenants/dryrun', input)
    await post('/api/v1/tenants/onboard', input)
    const workspaceOf = async () => {
      const [row] = await database.sql`select workspace from organizations where slug = ${input.tenant_id}`
      return String(row?.['workspace'])
    }
    const first = await workspaceOf()
    await database.sql`
      insert into ${database.sql(`${first}.pipeline_runs`)} (org_slug, pipeline_run_id, provider, pipeline, trigger_kind, status, start_time, recorded_at)
      values (${input.tenant_id}, 'p', 'openai', 'usage-sync', 'manual', 'succeeded', now(), now())`
    const recreate = { ...input, force_recreate_tables: true }
    const refused = await failureOf(post('/api/v1/tenants/onboard', recreate))
    expect(refused).toMatchObject({ status: 409, error: 'WORKSPACE_NOT_EMPTY' })
    expect(await workspaceOf()).toBe(first)
    const { status, body } = await post('/api/v1/tenants/onboard', { ...recreate, confirm_tenant_id: input.tenant_id })
    expect([status, body]).toMatchObject([200, { tenant_id: input.tenant_id, api_key: null, dataset_created: true }])
    const second = await workspaceOf()
    expect(second).not.toBe(first)
    const schemas = await database.sql<{ nspname: string }[]>`
      select nspname from pg_namespace where starts_with(nspname, ${`${input.tenant_id}_`})`
    expect(schemas.map(({ nspname }) => nspname)).toEqual([second])
  })
})

describe('subscriptions', () => {
  it('are compared with the provider for whoever has the root key', async () => {
    const { status, body } = await post('/api/cron/billing-sync', {})
    expect([status, body]).toEqual([200, { checked: 0, repaired: 0, missing: 0, failed: 0 }])
    expect(await failureOf(post('/api/cron/billing-sync', {}, {}))).toMatchObject({ status: 401 })
  })
})

describe('a customer', () => {
  it('saves with revision and mutation id, and completes, under the names of REST', async () => {
    const { cookie } = await signUp()
    const headers = { cookie }
    const first = restOnboardingProgressSchema.parse((await call(PROGRESS, { headers })).body)
    expect(first).toMatchObject({ status: 'open', revision: 0, next_step: 'profile', completed_at: null })
    const save = { revision: 0, step: 'profile', patch: { fullName: 'Ada' }, mutation_id: crypto.randomUUID() }
    const patch = (body: object) => call(PROGRESS, { method: 'PATCH', body: JSON.stringify(body), headers })
    const saved = await patch(save)
    expect(saved).toMatchObject({ status: 200, body: { revision: 1, answers: { profile: { fullName: 'Ada' } } } })
    expect(await patch(save)).toMatchObject({ status: 200, body: { revision: 1 } })

    const stale = await failureOf(patch({ ...save, patch: { fullName: 'Grace' }, mutation_id: crypto.randomUUID() }))
    expect(stale).toMatchObject({
      status: 409,
      error: 'REVISION_CONFLICT',
      details: { progress: { revision: 1 }, conflicts: [{ step: 'profile', field: 'fullName', mine: 'Grace', theirs: 'Ada' }] },
    })
    const complete = { revision: 1, mutation_id: crypto.randomUUID() }
    const incomplete = await failureOf(post('/api/onboarding/complete', complete, headers))
    expect(incomplete).toMatchObject({ status: 422, error: 'ANSWERS_INCOMPLETE', details: { progress: { revision: 1 } } })
    expect(incomplete.fields).toContainEqual({ field: 'profile.companyName', message: 'Enter the name of your company.' })
  })

  it('is known by a bearer token as well, which no browser is given', async () => {
    const { email } = await signUp()
    const signIn = (headers: Record<string, string>) =>
      post('/api/auth/sign-in/email', { email, password: 'a long enough password' }, headers)
    const token = (await signIn({})).headers.get('set-auth-token') ?? ''
    expect(await call(PROGRESS, { headers: { authorization: `Bearer ${token}` } })).toMatchObject({ status: 200 })
    const unsigned = token.split('.')[0] ?? ''
    expect(await call(PROGRESS, { headers: { authorization: `Bearer ${unsigned}` } })).toMatchObject({ status: 401 })
    expect((await signIn({ origin: url })).headers.get('set-auth-token')).toBeNull()
    expect((await signIn({ 'sec-fetch-site': 'same-site' })).headers.get('set-auth-token')).toBeNull()
  })

  it('finds the starter kit made by the first request, and finishes one that is not', async () => {
    const { cookie, email } = await signUp()
    const status = await call(`${url}/api/v1/users/me/onboarding/status`, { headers: { cookie } })
    const kit = restStarterKitSchema.parse(status.body)
    expect([kit.status, kit.documents.length, kit.documents.every((each) => each.is_sample)]).toEqual(['ready', 3, true])
    await database.sql`
      with gone as (delete from assistants where owner_id = (select id from users where email = ${email}))
      update starter_kits set status = 'incomplete' where user_id = (select id from users where email = ${email})`
    const retried = await post('/api/v1/users/me/onboarding/retry', {}, { cookie })
    expect(retried).toMatchObject({ status: 200, body: { status: 'ready', assistant: { type: 'qa' } } })
  })
})

/** So many people who have completed their questionnaires, one minute apart. */
async function completions(count: number): Promise<string[]> {
  const rows = await database.sql<{ id: string }[]>`
    with person as (
      insert into users (name, email) select 'P' || n, gen_random_uuid() || '@example.com' from generate_series(1, ${count}) n returning id
    ), numbered as (select id, row_number() over () as n from person),
    session as (
      insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, checksum, status, completed_at)
      select id, 1, 1, 'workspace', '', 'completed', '2026-03-01T00:00:00Z'::timestamptz + n * interval '1 minute' from numbered
      returning id, user_id, completed_at
    )
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat)
    select id, user_id, case when extract(minute from completed_at)::int % 2 = 0 then 'data' else 'founder' end, 'control', completed_at, 1, '{}', '{}'
    from session returning user_id as id`
  return rows.map(({ id }) => id)
}

describe('answers', () => {
  it('come in pages of any size, each row once, with the filters of the staff app', async () => {
    await completions(7)
    const { cookie } = await newStaff()
    const page = async (query: string) =>
      restSnapshotPageSchema.parse((await call(`${ANSWERS}?${query}`, { headers: { cookie } })).body)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { rows, next_cursor, count } = await page(`limit=3${cursor && `&cursor=${cursor}`}`)
      expect(count).toEqual({ value: 7, exact: true })
      seen.push(...rows.map((row) => row.completed_at))
      cursor = next_cursor
    }
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect(new Set(seen).size).toBe(7)
    expect((await page('role=data')).rows.map((row) => row.role)).toEqual(['data', 'data', 'data'])
    expect((await page('role=data&role=founder')).count.value).toBe(7)
    const window = 'completed_from=2026-03-01T00:02:00Z&completed_before=2026-03-01T01:04:00%2B01:00'
    expect((await page(window)).rows.map((row) => row.completed_at)).toEqual([
      '2026-03-01T00:03:00.000Z',
      '2026-03-01T00:02:00.000Z',
    ])
  })

  it('of one person come with what changed, and are in the audit log', async () => {
    const [userId = ''] = await completions(1)
    const { cookie } = await newStaff()
    const { body } = await call(`${ANSWERS}/${userId}`, { headers: { cookie } })
    expect(restPersonHistorySchema.parse(body)).toMatchObject({ user: { id: userId }, completions: [{ changes: [] }] })
    expect(await database.sql`select action from audit_log where subject_id = ${userId}`).toEqual([{ action: 'answers.read' }])
    expect(await failureOf(call(`${ANSWERS}/${crypto.randomUUID()}`, { headers: { cookie } }))).toMatchObject({ status: 404 })
  })
})
