import { createServer, type IncomingHttpHeaders } from 'node:http'
import { readFile } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { type Person, problemOf, testApi } from '../testing/api.ts'

const api = await testApi()
const { database, signUp, client } = api
const FIELDS = { url: 'https://hooks.invalid/in', events: ['run.succeeded' as const] }

/** Somebody who has paid and been set up, and their organization. */
async function owner(slug: string) {
  const person = await signUp()
  const { checkoutSessionId } = await person.trpc.checkout.create.mutate({ plan: 'STARTER', slug, companyName: 'Acme' })
  const pay = () => person.trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  const fulfil = async () => {
    await pay()
    await person.trpc.provisioning.start.mutate({ checkoutSessionId })
    await expect
      .poll(async () => (await person.trpc.organizations.mine.query())[0]?.status, { timeout: 15_000 })
      .toBe('onboarded')
    return (await person.trpc.organizations.mine.query())[0]?.id ?? ''
  }
  return { ...person, fulfil }
}

async function staff(): Promise<Person> {
  const person = await signUp('Staff')
  await database.sql`update users set role = 'admin' where email = ${person.email}`
  return person
}

describe('webhooks', () => {
  it('bring the news of a run to the operators who subscribed, from the transaction to the log', async () => {
    const { trpc } = await staff()
    const { endpoint, secret } = await trpc.admin.webhooks.create.mutate(FIELDS)
    expect(secret).toMatch(/^whsec_/)
    const { fulfil } = await owner('told_to_operators')
    const orgId = await fulfil()
    // Nobody answers under that name: the attempt is written down, and the next one waits.
    const attempted = () => trpc.admin.webhooks.deliveries.query({ filter: { endpointId: endpoint.id } }).then(({ rows }) => rows)
    await expect
      .poll(attempted, { timeout: 15_000 })
      .toMatchObject([{ attempts: expect.any(Number), lastError: 'NETWORK_UNREACHABLE' }])
    const [delivery] = await attempted()
    const details = await trpc.admin.webhooks.delivery.query({ deliveryId: delivery?.id ?? '' })
    expect(JSON.parse(details.body)).toMatchObject({
      type: 'run.succeeded',
      data: { org_id: orgId, org_slug: 'told_to_operators' },
    })
    expect(details.log.length).toBeGreaterThan(0)
    expect(await trpc.admin.webhooks.redeliver.mutate({ deliveryId: details.id })).toMatchObject({ status: 'pending' })
    await trpc.admin.webhooks.remove.mutate({ endpointId: endpoint.id })
    expect(await trpc.admin.webhooks.list.query()).toEqual([])
  })

  it('are looked after by the owners of an organization', async () => {
    const { trpc, fulfil } = await owner('looks_after_hooks')
    const orgId = await fulfil()
    const { endpoint } = await trpc.webhooks.create.mutate({ orgId, ...FIELDS })
    const { deliveryId } = await trpc.webhooks.ping.mutate({ orgId, endpointId: endpoint.id })
    const seen = () => trpc.webhooks.delivery.query({ orgId, deliveryId })
    await expect.poll(seen, { timeout: 15_000 }).toMatchObject({ type: 'webhook.test', status: 'failed', attempts: 1 })
    const change = { orgId, endpointId: endpoint.id, ...FIELDS, events: ['org.offboarded' as const, 'run.failed' as const] }
    expect(await trpc.webhooks.update.mutate({ ...change, enabled: false })).toMatchObject({
      ...{ disabledReason: 'person', events: ['run.failed', 'org.offboarded'] },
    })
    expect(await problemOf(trpc.webhooks.redeliver.mutate({ orgId, deliveryId }))).toMatchObject({
      code: 'WEBHOOK_ENDPOINT_DISABLED',
    })
    const rotated = await trpc.webhooks.rotate.mutate({ orgId, endpointId: endpoint.id })
    expect(rotated.endpoint.previousSecretUntil).toBeInstanceOf(Date)
    expect(JSON.stringify(await trpc.webhooks.list.query({ orgId }))).not.toContain('whsec_')
    await trpc.webhooks.remove.mutate({ orgId, endpointId: endpoint.id })
    expect((await trpc.webhooks.deliveries.query({ orgId })).rows).toEqual([])
  })

  it('arrive at a receiver that is written as the documentation says', async () => {
    const { trpc } = await staff()
    const receiver = await startReceiver()
    const { endpoint, secret } = await trpc.admin.webhooks.create.mutate({ ...FIELDS, url: receiver.url })
    const { secret: newer } = await trpc.admin.webhooks.rotate.mutate({ endpointId: endpoint.id, overlapHours: 24 })
    const { deliveryId } = await trpc.admin.webhooks.ping.mutate({ endpointId: endpoint.id })
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(1)
    const { headers, body } = receiver.received[0] ?? { headers: {}, body: '' }
    const verify = await documentedVerify()
    for (const known of [secret, newer]) expect(verify(known, headers, body)).toMatchObject({ type: 'webhook.test' })
    expect(() => verify(secret, headers, `${body} `)).toThrow('does not fit')
    expect(() => verify(`whsec_${btoa('another')}`, headers, body)).toThrow('does not fit')
    expect(() => verify(secret, { ...headers, 'webhook-timestamp': '1700000000' }, body)).toThrow('too old')
    const seen = () => trpc.admin.webhooks.delivery.query({ deliveryId })
    await expect.poll(seen).toMatchObject({ status: 'succeeded', log: [{ status: 202, response: 'thank you' }] })
    await trpc.admin.webhooks.remove.mutate({ endpointId: endpoint.id })
  })

  it('go nowhere inside', async () => {
    const { trpc, fulfil } = await owner('goes_nowhere_inside')
    const orgId = await fulfil()
    for (const url of [
      'http://hooks.invalid/',
      'http://0.0.0.0/',
      'https://10.0.0.1/',
      'https://169.254.169.254/',
      'https://[fe80::1]/',
    ])
      expect(await problemOf(trpc.webhooks.create.mutate({ orgId, ...FIELDS, url }))).toMatchObject({ code: 'ADDRESS_REFUSED' })
    expect(await problemOf(trpc.webhooks.create.mutate({ orgId, ...FIELDS, url: 'ftp://a.example' }))).toMatchObject({
      code: 'INPUT_INVALID',
    })
    expect(await problemOf(trpc.webhooks.create.mutate({ orgId, ...FIELDS, events: [] }))).toMatchObject({
      code: 'INPUT_INVALID',
    })
  })

  it('are nobody else’s business', async () => {
    const { fulfil } = await owner('private_hooks')
    const orgId = await fulfil()
    const stranger = await signUp()
    const id = crypto.randomUUID()
    const own = ({ webhooks }: Person['trpc']) => [
      webhooks.list.query({ orgId }),
      webhooks.create.mutate({ orgId, ...FIELDS }),
      webhooks.update.mutate({ orgId, ...FIELDS, endpointId: id, enabled: true }),
      webhooks.rotate.mutate({ orgId, endpointId: id }),
      webhooks.remove.mutate({ orgId, endpointId: id }),
      webhooks.ping.mutate({ orgId, endpointId: id }),
      webhooks.deliveries.query({ orgId }),
      webhooks.delivery.query({ orgId, deliveryId: id }),
      webhooks.redeliver.mutate({ orgId, deliveryId: id }),
    ]
    const operators = ({ admin: { webhooks } }: Person['trpc']) => [
      webhooks.list.query(),
      webhooks.create.mutate(FIELDS),
      webhooks.update.mutate({ ...FIELDS, endpointId: id, enabled: true }),
      webhooks.rotate.mutate({ endpointId: id }),
      webhooks.remove.mutate({ endpointId: id }),
      webhooks.ping.mutate({ endpointId: id }),
      webhooks.deliveries.query({}),
      webhooks.delivery.query({ deliveryId: id }),
      webhooks.redeliver.mutate({ deliveryId: id }),
    ]
    const codes = async (calls: Promise<unknown>[]) => new Set((await Promise.all(calls.map(problemOf))).map(({ code }) => code))
    expect(await codes(own(stranger.trpc))).toEqual(new Set(['NOT_FOUND']))
    expect(await codes(operators(stranger.trpc))).toEqual(new Set(['FORBIDDEN']))
    expect(await codes([...own(client()), ...operators(client())])).toEqual(new Set(['UNAUTHENTICATED']))
    expect(await codes(own((await staff()).trpc))).toEqual(new Set(['NOT_FOUND']))
  })
})

async function startReceiver() {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer(async (message, response) => {
    const chunks = await message.toArray()
    received.push({ headers: message.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(202).end('thank you')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const address = server.address()
  return { received, url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}/hooks` }
}

type Verify = (secret: string, headers: IncomingHttpHeaders, body: string) => unknown
const verifierSchema = z.object({ verify: z.custom<Verify>((value) => typeof value === 'function') })

/** The sample that the documentation gives to receivers. */
async function documentedVerify() {
  const page = await readFile(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8')
  const sample = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  const { verify } = verifierSchema.parse(await import(`data:text/javascript,${encodeURIComponent(sample)}`))
  return verify
}
