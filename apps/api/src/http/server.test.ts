import { describe, expect, it } from 'vitest'
import { problemOf, testApi } from '../testing/api.ts'

const api = await testApi()
const { url, signUp, client, database } = api

const ERROR_ID = /^err_[a-z0-9]{12}$/

function post(path: string, body: string, headers: Record<string, string> = {}) {
  return fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
}

describe('who may call what', () => {
  it('tells nobody apart from a customer, and a customer from staff', async () => {
    expect(await client().account.me.query()).toBeNull()
    expect(await problemOf(client().onboarding.get.query())).toMatchObject({
      code: 'UNAUTHENTICATED',
      errorId: expect.stringMatching(ERROR_ID),
    })
    const ada = await signUp()
    expect(await ada.trpc.account.me.query()).toMatchObject({ email: ada.email, role: 'customer' })
    expect(await problemOf(ada.trpc.admin.answers.list.query({}))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await problemOf(client().admin.mail.list.query())).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('lets nobody make themselves staff', async () => {
    const response = await post(
      '/api/auth/sign-up/email',
      JSON.stringify({ name: 'Eve', email: 'eve@example.com', password: 'a long enough password', role: 'admin' }),
    )
    const [user] = await database.sql`select role from users where email = 'eve@example.com'`
    expect(response.ok ? user : { role: 'customer' }).toEqual({ role: 'customer' })
  })

  it('refuses other sites and anything but JSON where there is an effect', async () => {
    const { cookie } = await signUp()
    const input = JSON.stringify({ json: { checkoutSessionId: 'cs_x' } })
    const foreign = await post('/trpc/provisioning.start', input, { cookie, origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    expect((await post('/trpc/provisioning.start', input, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post('/trpc/provisioning.start', input, { cookie, 'content-type': 'text/plain' })).status).toBe(400)
    expect(await foreign.json()).toMatchObject({
      error: { json: { data: { problem: { code: 'FORBIDDEN', errorId: expect.stringMatching(ERROR_ID) } } } },
    })
  })
})

describe('bad input', () => {
  it('answers a 2 MB answer with a clear problem, and loses nothing', async () => {
    const { trpc } = await signUp()
    const { revision } = await trpc.onboarding.get.query()
    const save = { revision, step: 'profile', mutationId: crypto.randomUUID() } as const
    const saved = await trpc.onboarding.save.mutate({ ...save, patch: { fullName: 'Ada' } })
    const large = trpc.onboarding.save.mutate({
      ...save,
      revision: saved.revision,
      mutationId: crypto.randomUUID(),
      patch: { fullName: 'x'.repeat(2_000_000) },
    })
    expect(await problemOf(large)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', errorId: expect.stringMatching(ERROR_ID) })
    expect((await trpc.onboarding.get.query()).answers).toEqual({ profile: { fullName: 'Ada' } })
  })

  it.each([
    ['not JSON', '/trpc/onboarding.save?batch=1', '{"0":'],
    ['not an object', '/trpc/onboarding.save?batch=1', '[]'],
    ['a string', '/trpc/onboarding.save?batch=1', '"x"'],
    ['null inputs', '/trpc/onboarding.save?batch=1', '{"0":null}'],
    ['a batch that is too long', `/trpc/${Array.from({ length: 40 }, () => 'onboarding.save').join(',')}?batch=1`, '{}'],
    ['an input of another shape', '/trpc/provisioning.start', '{"json":{"checkoutSessionId":{"$ne":1}}}'],
    [
      'superjson that lies',
      '/trpc/provisioning.start',
      '{"json":{"checkoutSessionId":"x"},"meta":{"values":{"__proto__":["Date"]}}}',
    ],
    ['a procedure that is not there', '/trpc/nothing.here', '{}'],
  ])('answers %s with a 4xx and an id', async (_name, path, body) => {
    const { cookie } = await signUp()
    const response = await post(path, body, { cookie })
    const text = await response.text()
    expect([response.status >= 400 && response.status < 500, text]).toEqual([true, expect.stringMatching(/err_[a-z0-9]{12}/)])
    expect(text).not.toMatch(/node_modules|at .*\.ts|stack/)
  })

  it('answers a malformed GET the same way', async () => {
    const response = await fetch(`${url}/trpc/sandboxCheckout.get?input=%7Bnope`)
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(/err_[a-z0-9]{12}/)
  })

  it('answers a stale revision with the server’s state', async () => {
    const { trpc } = await signUp()
    const { revision } = await trpc.onboarding.get.query()
    const save = (patch: Record<string, string>) =>
      trpc.onboarding.save.mutate({ revision, step: 'profile', patch, mutationId: crypto.randomUUID() })
    await save({ fullName: 'Ada', companyName: 'Acme' })
    const problem = await problemOf(save({ fullName: 'Grace' }))
    expect(problem).toMatchObject({
      code: 'REVISION_CONFLICT',
      details: {
        session: { revision: revision + 1 },
        conflicts: [{ step: 'profile', field: 'fullName', mine: 'Grace', theirs: 'Ada' }],
      },
    })
  })

  it('has no page of its own, and says so', async () => {
    const response = await fetch(`${url}/nowhere`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'NOT_FOUND', error_id: expect.stringMatching(ERROR_ID) })
  })
})

describe('the first request of a new person', () => {
  it('leaves one space, one notebook, three documents and one assistant, also as 50 at once', async () => {
    const { email, cookie } = await signUp()
    const clients = Array.from({ length: 50 }, () => client({ cookie }))
    const kits = await Promise.all(clients.map((trpc) => trpc.starter.status.query()))
    expect(kits.map((kit) => kit.status)).toEqual(Array.from({ length: 50 }, () => 'ready'))
    const [counts] = await database.sql`
      select count(distinct s.id)::int as spaces, count(distinct n.id)::int as notebooks,
             count(distinct d.id)::int as documents, count(distinct a.id)::int as assistants
      from users u left join spaces s on s.owner_id = u.id left join notebooks n on n.space_id = s.id
      left join documents d on d.notebook_id = n.id left join assistants a on a.owner_id = u.id where u.email = ${email}`
    expect(counts).toEqual({ spaces: 1, notebooks: 1, documents: 3, assistants: 1 })
  })
})
