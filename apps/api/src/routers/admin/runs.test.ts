import { runsPageSchema } from '@gangway/schemas/runs'
import superjson from 'superjson'
import { describe, expect, it } from 'vitest'
import { problemOf, testApi, type Person } from '../../testing/api.ts'

const api = await testApi()
const { database, signUp, client } = api

async function newStaff(): Promise<Person> {
  const person = await signUp('Staff')
  await database.sql`update users set role = 'admin' where email = ${person.email}`
  return person
}

/** A paid run whose slug was taken on the way: it has failed, and waits for somebody. */
async function failedRun(slug: string): Promise<{ runId: string; email: string }> {
  const { trpc, email } = await signUp()
  const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'STARTER', slug, companyName: 'Acme Corp' })
  await database.sql`insert into organizations (run_id, slug, name) values (gen_random_uuid(), ${slug}, 'In the way')`
  await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  const { run } = await trpc.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(() => stateOf(run.id), { timeout: 15_000 }).toBe('failed')
  return { runId: run.id, email }
}

function stateOf(runId: string): Promise<unknown> {
  return database.sql`select state from onboarding_runs where id = ${runId}`.then(([row]) => row?.['state'])
}

async function audited(trpc: Person['trpc'], runId: string): Promise<string[]> {
  const { rows } = await trpc.admin.audit.list.query({ filter: { text: runId } })
  return rows.map(({ action, actor }) => `${action} by ${actor?.email}`)
}

describe('what staff do with runs', () => {
  it('is nobody else’s business', async () => {
    const ada = await signUp()
    const id = crypto.randomUUID()
    const calls = ({ admin }: Person['trpc']) => [
      admin.runs.list.query({}),
      admin.runs.get.query({ runId: id }),
      admin.runs.retry.mutate({ runId: id }),
      admin.runs.cancel.mutate({ runId: id, reason: 'because' }),
      admin.runs.rollBack.mutate({ runId: id }),
      admin.pendingSyncs.list.query({}),
      admin.pendingSyncs.syncOne.mutate({ id }),
      admin.pendingSyncs.syncAll.mutate(),
      admin.locks.list.query(),
      admin.alerts.query(),
      admin.audit.list.query({}),
    ]
    const codes = async (trpc: Person['trpc']) => new Set((await Promise.all(calls(trpc).map(problemOf))).map(({ code }) => code))
    expect(await codes(ada.trpc)).toEqual(new Set(['FORBIDDEN']))
    expect(await codes(client())).toEqual(new Set(['UNAUTHENTICATED']))
    // A stream has begun before it is refused: the refusal is its first event, and its last.
    const stream = await fetch(`${api.url}/trpc/admin.runs.live?input=${liveInput({})}`, { headers: { cookie: ada.cookie } })
    expect((await stream.text()).match(/"code":"[A-Z_]+"/g)).toContain('"code":"FORBIDDEN"')
  })

  it('shows the cause beside what the customer is told, and brings the run to its end', async () => {
    const { trpc, email: staffEmail } = await newStaff()
    const { runId, email } = await failedRun('retried_by_staff')
    const { rows } = await trpc.admin.runs.list.query({ filter: { states: ['failed'], text: email } })
    expect(rows.map(({ id, stage, failure }) => [id, stage, failure?.code])).toEqual([
      [runId, 'create_organization', 'SLUG_TAKEN'],
    ])
    const { rootCause, customerView } = await trpc.admin.runs.get.query({ runId })
    expect(rootCause).toMatchObject({ code: '23505', message: expect.stringContaining('organizations_slug') })
    expect(customerView.failure?.message).not.toContain('organizations_slug')

    await database.sql`update organizations set status = 'abandoned' where slug = 'retried_by_staff'`
    expect(await trpc.admin.runs.retry.mutate({ runId, fromStage: 'verify_payment' })).toMatchObject({ part: 'started' })
    await expect.poll(() => stateOf(runId), { timeout: 15_000 }).toBe('succeeded')
    expect(await problemOf(trpc.admin.runs.retry.mutate({ runId }))).toMatchObject({ code: 'RUN_STATE_INVALID' })
    expect(await audited(trpc, runId)).toEqual([`run.retried by ${staffEmail}`])
  })

  it('gives up, undoes and gives back, in this order only, and says who did', async () => {
    const { trpc, email } = await newStaff()
    const { runId } = await failedRun('rolled_back_by_staff')
    expect(await problemOf(trpc.admin.runs.rollBack.mutate({ runId }))).toMatchObject({ code: 'RUN_STATE_INVALID' })
    expect(await problemOf(trpc.admin.runs.cancel.mutate({ runId, reason: ' ' }))).toMatchObject({ code: 'INPUT_INVALID' })
    expect(await trpc.admin.runs.cancel.mutate({ runId, reason: 'asked for it' })).toMatchObject({ state: 'cancelled' })
    await trpc.admin.runs.rollBack.mutate({ runId })
    await expect.poll(() => stateOf(runId), { timeout: 15_000 }).toBe('rolled_back')
    const { run } = await trpc.admin.runs.get.query({ runId })
    expect(run).toMatchObject({ refundedAt: expect.any(Date), rollingBack: false })
    expect(await audited(trpc, runId)).toEqual([`run.rolled_back by ${email}`, `run.cancelled by ${email}`])
  })

  it('is followed live', async () => {
    const { cookie } = await newStaff()
    const { runId, email } = await failedRun('followed_live')
    const over = new AbortController()
    const url = `${api.url}/trpc/admin.runs.live?input=${liveInput({ filter: { text: email } })}`
    const pages = readPages(await fetch(url, { headers: { cookie }, signal: over.signal }))
    expect((await pages.next()).value?.rows).toMatchObject([{ id: runId, state: 'failed', companyName: 'Acme Corp' }])
    await database.sql`update onboarding_runs set company_name = 'Acme & Daughters' where id = ${runId}`
    expect((await pages.next()).value?.rows).toMatchObject([{ id: runId, companyName: 'Acme & Daughters' }])
    over.abort()
  })
})

function liveInput(input: unknown): string {
  return encodeURIComponent(JSON.stringify(superjson.serialize(input)))
}

/** The lists that a stream of server-sent events carries. */
async function* readPages({ body }: Response) {
  let text = ''
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (data && !/^event: /m.test(event)) yield runsPageSchema.parse(superjson.deserialize(JSON.parse(data)))
    }
  }
}
