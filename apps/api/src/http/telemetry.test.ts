import { EVENT_ID_BYTES, newEventId } from '@gangway/schemas/event-id'
import { telemetryReceiptSchema } from '@gangway/schemas/telemetry'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { testApi } from '../testing/api.ts'

const { signUp, url, database } = await testApi()

async function arrange() {
  const person = await signUp()
  const { id: sessionId } = await person.trpc.onboarding.get.query()
  const viewed = () => ({
    ...{ id: newEventId(Date.now(), crypto.getRandomValues(new Uint8Array(EVENT_ID_BYTES))), sessionId },
    ...{ name: 'step_viewed', step: 'profile', props: {} },
  })
  const recorded = async () =>
    (await database.sql`select id from telemetry_events where session_id = ${sessionId}`).map((row) => String(row['id']))
  return { person, viewed, recorded }
}

function post(body: unknown, headers: Record<string, string>): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(`${url}/api/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  })
}

const failedSchema = z.object({ error: z.string() })
const codeOf = async (response: Response) => [response.status, failedSchema.parse(await response.json()).error]

it('takes a batch from whoever is signed in, and says what it took', async () => {
  const { person, viewed, recorded } = await arrange()
  const event = viewed()
  const response = await post({ events: [event, viewed()] }, { cookie: person.cookie })
  expect(response.status).toBe(200)
  expect(telemetryReceiptSchema.parse(await response.json())).toMatchObject({ accepted: 2, misdated: [] })
  expect(await recorded()).toContain(event.id)
})

it('takes nothing from nobody, and of nobody else', async () => {
  const [mine, other] = [await arrange(), await arrange()]
  expect(await codeOf(await post({ events: [mine.viewed()] }, {}))).toEqual([401, 'UNAUTHENTICATED'])
  await post({ events: [other.viewed()] }, { cookie: mine.person.cookie })
  expect([await mine.recorded(), await other.recorded()]).toEqual([[], []])
})

it.each([
  ['from another site', { origin: 'https://evil.example' }, [403, 'FORBIDDEN']],
  ['as text, which needs no leave of the browser', { 'content-type': 'text/plain' }, [400, 'REQUEST_MALFORMED']],
])('takes nothing that comes %s', async (_how, headers, refusal) => {
  const { person, viewed, recorded } = await arrange()
  expect(await codeOf(await post({ events: [viewed()] }, { cookie: person.cookie, ...headers }))).toEqual(refusal)
  expect(await recorded()).toEqual([])
})

it.each([
  ['too many events', { events: Array.from({ length: 51 }, () => ({})) }, [400, 'INPUT_INVALID']],
  ['no events', { things: [] }, [400, 'INPUT_INVALID']],
  ['no JSON', '{"events":', [400, 'REQUEST_MALFORMED']],
  ['too large a body', { events: ['x'.repeat(70_000)] }, [413, 'PAYLOAD_TOO_LARGE']],
])('refuses %s', async (_what, body, refusal) => {
  const { person } = await arrange()
  expect(await codeOf(await post(body, { cookie: person.cookie }))).toEqual(refusal)
})

it('what becomes true on the way to a key is recorded where it becomes true, once each', async () => {
  const { person } = await arrange()
  const { trpc } = person
  const slug = `acme_${crypto.randomUUID().slice(0, 8)}`
  let { revision } = await trpc.onboarding.get.query()
  for (const [step, patch] of [
    ['profile', { fullName: 'Ada Lovelace', companyName: 'Acme' }],
    ['work', { role: 'data', timezone: 'Europe/Berlin' }],
    ['workspace', { mode: 'create', name: 'Acme', slug }],
  ] as const) {
    const mutationId = crypto.randomUUID()
    ;({ revision } = await trpc.onboarding.save.mutate({ revision, step, patch, mutationId, advance: 'complete' }))
  }
  for (let time = 0; time < 2; time++) await trpc.onboarding.complete.mutate({ revision, mutationId: crypto.randomUUID() })
  const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'SCALE', slug, companyName: 'Acme' })
  await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'twice' })
  const status = async () => (await trpc.organizations.mine.query())[0]?.status
  await expect.poll(status, { timeout: 15_000 }).toBe('onboarded')
  for (let time = 0; time < 2; time++) await trpc.keys.reveal.mutate({ checkoutSessionId })
  const facts = async () =>
    (
      await database.sql`
        select e.name from telemetry_events e join users u on u.id = e.user_id where u.email = ${person.email} order by e.name`
    ).map((row) => row['name'])
  await expect.poll(facts, { timeout: 10_000 }).toEqual(['checkout_started', 'completed', 'key_revealed', 'provisioned'])
})
