import { describe, expect, it } from 'vitest'
import { problemOf, testApi, type Person } from '../testing/api.ts'

const api = await testApi()
const { database, signUp } = api

async function checkout({ trpc }: Person, slug: string) {
  return trpc.checkout.create.mutate({ plan: 'PROFESSIONAL', slug, companyName: 'Acme Corp' })
}

function state(checkoutSessionId: string) {
  return database.sql`select state from onboarding_runs where checkout_session_id = ${checkoutSessionId}`.then(
    ([row]) => row?.['state'],
  )
}

describe('from checkout to key', () => {
  it('gets there by the webhook alone, when nobody comes back to the success page', async () => {
    const ada = await signUp()
    const { checkoutSessionId } = await checkout(ada, 'by_webhook')
    await ada.trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'twice' })
    await expect.poll(() => state(checkoutSessionId), { timeout: 15_000 }).toBe('succeeded')
    expect(await ada.trpc.organizations.mine.query()).toMatchObject([
      { slug: 'by_webhook', status: 'onboarded', role: 'owner', plan: 'PROFESSIONAL' },
    ])
    const [org] = await ada.trpc.organizations.mine.query()
    const [view] = await database.sql`select * from ${database.sql(`${org?.workspace}.tenant_comprehensive_view`)}`
    expect(view).toMatchObject({
      ...{ tenant_id: 'by_webhook', company_name: 'Acme Corp', admin_email: ada.email, plan_name: 'PROFESSIONAL' },
      ...{ tenant_status: 'ACTIVE', subscription_status: 'ACTIVE', quota_status: 'OK' },
    })
    const [rows] = await database.sql`select count(*)::int as events from webhook_events where object_id = ${checkoutSessionId}`
    expect(rows).toEqual({ events: 1 })
  })

  it('gets there by the success page alone, when no webhook ever comes', async () => {
    const ada = await signUp()
    const { checkoutSessionId } = await checkout(ada, 'by_page')
    await ada.trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
    const { part } = await ada.trpc.provisioning.start.mutate({ checkoutSessionId })
    expect(part).toBe('started')
    await expect.poll(() => state(checkoutSessionId), { timeout: 15_000 }).toBe('succeeded')
    const shown = await ada.trpc.keys.reveal.mutate({ checkoutSessionId })
    expect(shown).toMatchObject({ status: 'revealed', apiKey: expect.stringMatching(/^gw_live_[0-9A-Za-z]{36}$/) })
  })

  it('tells a checkout that is unknown, somebody else’s or unpaid', async () => {
    const [ada, eve] = [await signUp(), await signUp('Eve')]
    const { checkoutSessionId } = await checkout(ada, 'unpaid_one')
    const start = (person: Person, id: string) => problemOf(person.trpc.provisioning.start.mutate({ checkoutSessionId: id }))
    expect(await start(ada, 'cs_sandbox_unknown')).toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
    expect(await start(eve, checkoutSessionId)).toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
    expect(await start(ada, checkoutSessionId)).toMatchObject({ code: 'CHECKOUT_UNPAID' })
    expect(await problemOf(eve.trpc.keys.reveal.mutate({ checkoutSessionId }))).toMatchObject({ code: 'KEY_NOT_FOUND' })
  })

  it('keeps a slug for whoever is at the checkout', async () => {
    const [ada, eve] = [await signUp(), await signUp('Eve')]
    await checkout(ada, 'wanted')
    expect(await eve.trpc.checkout.checkSlug.query({ slug: 'wanted' })).toMatchObject({ available: false, reason: 'reserved' })
    expect(await ada.trpc.checkout.checkSlug.query({ slug: 'wanted' })).toMatchObject({ available: true })
    expect(await problemOf(checkout(eve, 'wanted'))).toMatchObject({ code: 'SLUG_TAKEN' })
    for (const slug of ['with-hyphen', 'ab', "x'; drop table users; --"]) {
      expect(await problemOf(checkout(eve, slug))).toMatchObject({
        code: 'INPUT_INVALID',
        details: { fields: [{ path: 'slug' }] },
      })
    }
  })

  it('takes no word for a payment: a forged webhook is refused', async () => {
    const body = JSON.stringify({ id: 'evt_forged', type: 'checkout.session.completed', data: { object: { id: 'cs_x' } } })
    const headers = {
      'content-type': 'application/json',
      'x-gangway-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`,
    }
    const response = await fetch(`${api.url}/api/webhooks/sandbox`, { method: 'POST', body, headers })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'WEBHOOK_SIGNATURE_INVALID' })
  })
})

describe('a completed questionnaire', () => {
  it('is a snapshot that staff can read within a moment', async () => {
    const ada = await signUp()
    let { revision } = await ada.trpc.onboarding.get.query()
    const finish = async (step: 'profile' | 'work' | 'workspace', patch: Record<string, string>) => {
      ;({ revision } = await ada.trpc.onboarding.save.mutate({
        revision,
        step,
        patch,
        mutationId: crypto.randomUUID(),
        advance: 'complete',
      }))
    }
    await finish('profile', { fullName: 'Ada Lovelace', companyName: 'Acme' })
    await finish('work', { role: 'data', timezone: 'Europe/Berlin' })
    await finish('workspace', { mode: 'create', name: 'Acme', slug: 'acme_answers' })
    const done = await ada.trpc.onboarding.complete.mutate({ revision, mutationId: crypto.randomUUID() })
    expect(done.status).toBe('completed')

    const staff = await signUp('Staff')
    await database.sql`update users set role = 'admin' where email = ${staff.email}`
    const list = () => staff.trpc.admin.answers.list.query({ filter: { roles: ['data'] } })
    await expect.poll(async () => (await list()).rows.map((row) => row.email), { timeout: 5000 }).toEqual([ada.email])
    expect((await staff.trpc.admin.answers.list.query({ filter: { roles: ['finance'] } })).rows).toEqual([])
  })
})
