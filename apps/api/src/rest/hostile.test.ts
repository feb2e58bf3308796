import { describe, expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'
import { call, failureOf } from './testing/call.ts'

const { url, database, signUp } = await testApi()
const staff = await signUp('Staff')
await database.sql`update users set role = 'admin' where email = ${staff.email}`
const headers = { cookie: staff.cookie }
const ANSWERS = `${url}/api/admin/onboarding/answers`

/** A cursor that the server has made, for this filter. */
async function genuineCursor(): Promise<string> {
  await database.sql`
    with person as (insert into users (name, email) values ('A', 'a@b.test'), ('B', 'b@b.test') returning id),
    session as (
      insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, checksum, status, completed_at)
      select id, 1, 1, 'workspace', '', 'completed', now() from person returning id, user_id
    )
    insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat)
    select id, user_id, 'data', 'control', now(), 1, '{}', '{}' from session`
  const { body } = await call(`${ANSWERS}?limit=1`, { headers })
  return String(Reflect.get(Object(body), 'next_cursor'))
}

describe('what is asked of a list', () => {
  it.each([
    ['a limit beyond all bounds', 'limit=1e9', 'limit'],
    ['no rows at all', 'limit=0', 'limit'],
    ['a limit that is no number', 'limit=all', 'limit'],
    ['half a row', 'limit=1.5', 'limit'],
    ['a role that there is not', 'role=pirate', 'role.0'],
    ['more roles than there are', Array.from({ length: 13 }, () => 'role=data').join('&'), 'role'],
    ['a day without a zone', 'completed_from=2026-01-31', 'completed_from'],
    [
      'a window that ends before it begins',
      'completed_from=2026-02-01T00:00:00Z&completed_before=2026-01-01T00:00:00Z',
      'completed_before',
    ],
    ['a name with NUL in it', 'org=a%00b', 'org'],
    ['an answer with NUL in it', 'answer=work.team%3D%00', 'answer.0.value'],
    ['a search for NUL', 'text=a%00%40b.c', 'text'],
    ['a year before all others', 'completed_from=0000-01-01T00:00:00Z', 'completed_from'],
    ['a cursor that is none', 'cursor=nonsense', 'cursor'],
    ['a cursor of a megabyte', `cursor=${'a'.repeat(10_000)}`, 'cursor'],
    ['two limits', 'limit=1&limit=2', 'limit'],
    ['a filter that there is not', 'rol=data', 'rol'],
    ['a prototype', '__proto__=1&constructor=2', 'constructor'],
  ])('%s is refused, and the field is named', async (_name, query, field) => {
    const { status, error, fields } = await failureOf(call(`${ANSWERS}?${query}`, { headers }))
    expect([status, error]).toEqual([400, 'INPUT_INVALID'])
    expect(fields?.map((each) => each.field)).toContain(field)
    expect(fields?.every((each) => each.message.length > 5)).toBe(true)
  })

  it('refuses a genuine cursor for another filter, and one that was changed', async () => {
    const cursor = await genuineCursor()
    expect((await call(`${ANSWERS}?limit=1&cursor=${cursor}`, { headers })).status).toBe(200)
    const [content = '', signature = ''] = cursor.split('.')
    const forged = Buffer.from(
      Buffer.from(content, 'base64url')
        .toString()
        .replace(/"micros":"\d/, '"micros":"0'),
    ).toString('base64url')
    for (const query of [
      `role=data&cursor=${cursor}`,
      `cursor=${forged}.${signature}`,
      `cursor=${content}.${signature.slice(1)}A`,
      `cursor=${content}`,
    ]) {
      const { status, fields } = await failureOf(call(`${ANSWERS}?${query}`, { headers }))
      expect([status, fields?.map(({ field }) => field)]).toEqual([400, ['cursor']])
    }
  })

  it('refuses an id that is none, without asking the database', async () => {
    const { status, fields } = await failureOf(call(`${ANSWERS}/1%20or%201=1`, { headers }))
    expect([status, fields]).toMatchObject([400, [{ field: 'userId' }]])
  })
})

const SAVE = `${url}/api/users/me/onboarding-progress`
const save = (body: string, more: Record<string, string> = {}) =>
  call(SAVE, { method: 'PATCH', body, headers: { ...headers, ...more } })
const valid = { revision: 0, step: 'profile', patch: {}, mutation_id: crypto.randomUUID() }

describe('what is sent', () => {
  it.each([
    ['a field that there is not', { ...valid, revison: 1 }, 'revison'],
    ['no fields at all', {}, 'revision'],
    ['a revision as text', { ...valid, revision: '0' }, 'revision'],
    ['a revision below zero', { ...valid, revision: -1 }, 'revision'],
    ['an answer in too many layers', { ...valid, patch: { fullName: { $ne: 1 } } }, 'patch.fullName'],
    ['a mutation id that is none', { ...valid, mutation_id: 'x' }, 'mutation_id'],
    ['an answer to a question that there is not', { ...valid, patch: { isAdmin: true } }, 'patch.isAdmin'],
  ])('%s is refused, and the field is named', async (_name, body, field) => {
    const { status, error, fields } = await failureOf(save(JSON.stringify(body)))
    expect([status, error]).toEqual([400, 'INPUT_INVALID'])
    expect(fields?.map((each) => each.field)).toContain(field)
  })

  it.each([
    ['not JSON', '{"revision":', 'REQUEST_MALFORMED'],
    ['a list', '[]', 'INPUT_INVALID'],
    ['a text', '"x"', 'INPUT_INVALID'],
    ['nothing', '', 'REQUEST_MALFORMED'],
    ['a prototype', '{"__proto__":{"admin":true},"revision":0}', 'REQUEST_MALFORMED'],
  ])('a body that is %s is refused', async (_name, body, error) => {
    expect(await failureOf(save(body))).toMatchObject({ status: 400, error, error_id: expect.stringMatching(/^err_/) })
  })

  it('has an end', async () => {
    const large = { ...valid, patch: { fullName: 'x'.repeat(600_000) } }
    expect(await failureOf(save(JSON.stringify(large)))).toMatchObject({ status: 413, error: 'PAYLOAD_TOO_LARGE' })
  })

  it('takes JSON alone, and from no other site', async () => {
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])
      expect(await failureOf(save(JSON.stringify(valid), { 'content-type': type }))).toMatchObject({
        ...{ status: 400, error: 'REQUEST_MALFORMED' },
        fields: [{ field: 'content-type', message: 'Send application/json.' }],
      })
    expect(await failureOf(save(JSON.stringify(valid), { origin: 'https://evil.example' }))).toMatchObject({ status: 403 })
    expect(await failureOf(save(JSON.stringify(valid), { 'sec-fetch-site': 'cross-site' }))).toMatchObject({ status: 403 })
  })

  it('is answered in JSON also where there is no such call', async () => {
    for (const path of ['/api/v1/nothing', '/api/v1/tenants/onboard'])
      expect(await failureOf(call(url + path))).toMatchObject({ status: 404, error: 'NOT_FOUND' })
  })
})

describe('limits', () => {
  it('stop guessing the root key, and tell when to come back', async () => {
    const guess = (key: string) => call(`${url}/api/v1/admin/bootstrap/status`, { headers: { 'x-ca-root-key': key } })
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => guess(`guess number ${n}`)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(20)
    const { status, headers: told, body } = await guess(database.rootKey)
    expect([status, body]).toMatchObject([429, { error: 'RATE_LIMITED', details: { resets_at: expect.any(String) } }])
    expect(Number(told.get('retry-after'))).toBeGreaterThan(0)
  })
})
