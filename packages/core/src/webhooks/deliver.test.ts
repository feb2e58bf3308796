import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { GangwayError } from '../errors/index.ts'
import { connectionReset } from '../testing/index.ts'
import { newWebhookWorld } from '../testing/webhooks.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { deliverMessage } from './deliver.ts'
import { pingEndpoint } from './ping.ts'
import { purgeWebhookMessages } from './purge-messages.ts'
import { rotateSecret } from './rotate-secret.ts'
import { signedHeaders } from './sign.ts'
import { updateEndpoint } from './update-endpoint.ts'

const database = await testDatabase()
const DAY = 24 * 3_600_000

async function arranged(url?: string) {
  const world = await newWebhookWorld(database)
  const subscribed = await world.subscribe(url === undefined ? {} : { url })
  const [job] = await world.publish()
  if (!job) throw new Error('nothing was queued')
  return { ...world, ...subscribed, job, deliveryId: job.deliveryId }
}

describe('an attempt', () => {
  it('that is answered with 2xx is the last, and its log says how it went', async () => {
    const { ctx, sender, job, delivery, deliveryId, deliverAll, log, secret } = await arranged()
    sender.answerWith({ status: 204, body: 'thank you' })
    expect(await deliverAll(job)).toEqual([])
    const [posted] = sender.posted
    expect(posted?.url).toBe('https://hooks.example.com/in')
    const { message_id: messageId, ...row } = (await delivery(deliveryId)) ?? {}
    const signing = { messageId: String(messageId), at: ctx.clock.now(), body: posted?.body ?? '', secrets: [secret] }
    expect(posted?.headers).toEqual(signedHeaders(signing))
    expect(row).toMatchObject({ status: 'succeeded', attempts: 1, last_status: 204, last_error: null, next_attempt_at: null })
    expect(await log(deliveryId)).toMatchObject([{ number: 1, status: 204, error: null, response: 'thank you' }])
  })

  it('is repeated for three days with the same id and a new timestamp, and then given up', async () => {
    const { sender, job, delivery, deliveryId, deliverAll, log } = await arranged()
    sender.answerWith({ status: 500, body: 'nul\u0000' })
    const pauses = await deliverAll(job)
    expect(pauses).toHaveLength(9)
    expect(sender.posted).toHaveLength(10)
    expect(new Set(sender.posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(sender.posted.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
    expect(await delivery(deliveryId)).toMatchObject({ status: 'failed', attempts: 10, last_status: 500, next_attempt_at: null })
    expect((await log(deliveryId)).map(({ response }) => response)).toEqual(Array.from({ length: 10 }, () => 'nul\uFFFD'))
  })

  it('goes on until one is answered', async () => {
    const { sender, job, delivery, deliveryId, deliverAll, log, endpoint, endpointId } = await withEndpointId()
    sender.failNext('post', connectionReset())
    sender.failNext('post', new GangwayError('ADDRESS_REFUSED'))
    sender.failNext('post', new Error('whatever'))
    expect(await deliverAll(job)).toHaveLength(3)
    expect((await log(deliveryId)).map(({ status, error }) => status ?? error)).toEqual([
      ...['NETWORK_UNREACHABLE', 'ADDRESS_REFUSED', 'UNKNOWN'],
      200,
    ])
    expect(await delivery(deliveryId)).toMatchObject({ status: 'succeeded', attempts: 4, last_error: null })
    expect(await endpoint(endpointId)).toMatchObject({ failing_since: null, disabled_reason: null })
  })

  it.each([301, 404, 429])('that is answered with %i has failed', async (status) => {
    const { ctx, sender, job, delivery, deliveryId } = await arranged()
    sender.answerWith({ status })
    await deliverMessage(ctx, job)
    expect(await delivery(deliveryId)).toMatchObject({ status: 'pending', last_status: status })
  })

  it('waits as long as the receiver asks', async () => {
    const { ctx, clock, sender, job, jobs } = await arranged()
    sender.answerWith({ status: 429, retryAfterMs: 120_000 })
    await deliverMessage(ctx, job)
    expect(jobs.enqueued.at(-1)?.options.startAfter).toEqual(new Date(clock.now().getTime() + 120_000))
  })

  it('race: of many processes with one job, one makes it, and the others leave it to the queue or to nobody', async () => {
    const { ctx, sender, job, jobs, log, deliveryId } = await arranged()
    sender.answerWith({ status: 500 })
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => deliverMessage(ctx, job)))
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'DATABASE_BUSY' })
    await deliverMessage(ctx, job)
    expect(sender.posted).toHaveLength(1)
    expect(await log(deliveryId)).toHaveLength(1)
    expect(jobs.payloads('webhooks.deliver').filter(({ attempt }) => attempt === 2)).toHaveLength(1)
  })

  it('whose process died is made again, under the same id', async () => {
    const { ctx, sender, job, delivery, deliveryId, jobs } = await arranged()
    sender.answerWith({ status: 500 })
    jobs.failNext('enqueue', connectionReset())
    await expect(deliverMessage(ctx, job)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(deliverMessage(ctx, job)).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
    await database.sql`update webhook_deliveries set claimed_until = now() - interval '1 second' where id = ${deliveryId}`
    await deliverMessage(ctx, job)
    expect(sender.posted.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(2).fill(sender.posted[0]?.headers['webhook-id']),
    )
    expect(await delivery(deliveryId)).toMatchObject({ attempts: 1, status: 'pending', claimed_until: null })
  })

  it('is not made for an endpoint that was turned off or removed meanwhile', async () => {
    const { ctx, sender, job, caller, endpointFields, endpointId, delivery, deliveryId } = await withEndpointId()
    await updateEndpoint(ctx, { caller, endpointId, fields: endpointFields, enabled: false })
    await deliverMessage(ctx, job)
    expect(await delivery(deliveryId)).toMatchObject({ status: 'failed', attempts: 0, last_error: 'WEBHOOK_ENDPOINT_DISABLED' })
    await deleteEndpoint(ctx, { caller, endpointId })
    await deliverMessage(ctx, job)
    expect(sender.posted).toEqual([])
  })

  it('is signed with both secrets while a rotation overlaps, and with the new one alone afterwards', async () => {
    const { ctx, clock, caller, endpointId, secret, sender, publish } = await withEndpointId()
    const { secret: newer, endpoint } = await rotateSecret(ctx, { caller, endpointId, overlapHours: 24 })
    expect(endpoint.previousSecretUntil).toEqual(new Date(clock.now().getTime() + DAY))
    const signedWith = async (secrets: string[]) => {
      const [job] = await publish()
      await deliverMessage(ctx, job ?? { deliveryId: '', attempt: 0 })
      const posted = sender.posted.at(-1)
      const [row] = await database.sql`select message_id from webhook_deliveries where id = ${job?.deliveryId ?? null}`
      const signing = { messageId: String(row?.['message_id']), at: clock.now(), body: posted?.body ?? '', secrets }
      expect(posted?.headers).toEqual(signedHeaders(signing))
    }
    await signedWith([newer, secret])
    await clock.advance(DAY)
    await signedWith([newer])
    const { secret: newest } = await rotateSecret(ctx, { caller, endpointId, overlapHours: 0 })
    await signedWith([newest])
  })

  it('race: an endpoint is removed with its log while many attempts fail, and nobody waits for anybody', async () => {
    for (let round = 0; round < 5; round++) {
      const { ctx, sender, caller, endpointId, job, publish } = await withEndpointId()
      sender.answerWith({ status: 500 })
      const jobs = [job]
      for (let more = 0; more < 6; more++) jobs.push(...(await publish()))
      const attempts = jobs.map((each) => deliverMessage(ctx, each))
      await Promise.all([...attempts, deleteEndpoint(ctx, { caller, endpointId })])
      expect(await database.sql`select 1 from webhook_deliveries where endpoint_id = ${endpointId}`).toHaveLength(0)
    }
  })

  it('that cannot open its secret is written down as well', async () => {
    const { ctx, sender, job, delivery, deliveryId } = await arranged()
    ctx.vault.failNext('open', new GangwayError('SECRET_UNREADABLE'))
    await deliverMessage(ctx, job)
    expect(sender.posted).toEqual([])
    expect(await delivery(deliveryId)).toMatchObject({ status: 'pending', last_error: 'SECRET_UNREADABLE' })
  })
})

async function withEndpointId() {
  const world = await arranged()
  const [row] = await database.sql<{ id: string }[]>`select id from webhook_endpoints where org_id = ${world.org.id}`
  const endpointFields = { url: 'https://hooks.example.com/in', description: '', events: ['run.succeeded' as const] }
  return { ...world, endpointId: row?.id ?? '', endpointFields, endpoint: async (id: string) => endpointRow(id) }
}

async function endpointRow(id: string) {
  const [row] = await database.sql`select * from webhook_endpoints where id = ${id}`
  return row
}

describe('an endpoint that fails', () => {
  it('for five days is turned off, and its owners and admins are told', async () => {
    const { ctx, clock, sender, jobs, owner, member, publish, deliverAll, endpointId, job } = await withEndpointId()
    const admin = await member('admin')
    await member('member')
    sender.answerWith({ status: 503 })
    await deliverAll(job)
    expect(await endpointRow(endpointId)).toMatchObject({ disabled_reason: null })
    await clock.advance(2 * DAY)
    const [next] = await publish()
    await deliverMessage(ctx, next ?? { deliveryId: '', attempt: 0 })
    expect(await endpointRow(endpointId)).toMatchObject({ disabled_reason: 'failing' })
    const mails = jobs.payloads('notifications.send-mail')
    expect(mails.map(({ to }) => to).toSorted()).toEqual([owner.email, admin.email].toSorted())
    expect(mails[0]?.text).toContain('https://app.example/settings/webhooks')
    expect(await publish()).toEqual([])
  })

  it('is well again as soon as something arrives, also a ping', async () => {
    const { ctx, clock, sender, caller, endpointId, job, publish } = await withEndpointId()
    sender.answerWith({ status: 503 })
    await deliverMessage(ctx, job)
    expect(await endpointRow(endpointId)).toMatchObject({ failing_since: clock.now() })
    await clock.advance(6 * DAY)
    sender.answerWith({ status: 200 })
    const ping = await pingEndpoint(ctx, { caller, endpointId })
    await deliverMessage(ctx, { ...ping, attempt: 1 })
    expect(await endpointRow(endpointId)).toMatchObject({ failing_since: null })
    sender.answerWith({ status: 503 })
    const [next] = await publish()
    await deliverMessage(ctx, next ?? { deliveryId: '', attempt: 0 })
    expect(await endpointRow(endpointId)).toMatchObject({ disabled_reason: null, failing_since: clock.now() })
  })

  it('race: that says it is gone is turned off once, whatever else is on its way', async () => {
    const { ctx, sender, jobs, endpointId, job, publish, delivery, deliveryId } = await withEndpointId()
    const others = [await publish(), await publish(), await publish()]
    sender.answerWith({ status: 410 })
    await Promise.all([job, ...others.flat()].map((each) => deliverMessage(ctx, each)))
    expect(await endpointRow(endpointId)).toMatchObject({ disabled_reason: 'gone' })
    expect(await delivery(deliveryId)).toMatchObject({ status: 'failed' })
    expect(jobs.payloads('notifications.send-mail')).toHaveLength(1)
    const audits =
      await database.sql`select action from audit_log where subject_id = ${endpointId} and action = 'webhook.disabled'`
    expect(audits).toHaveLength(1)
  })

  it('tells the staff where it is the operators’', async () => {
    const { ctx, sender, jobs, owner, subscribe, publish } = await newWebhookWorld(database)
    await database.sql`update users set role = 'admin' where id = ${owner.id}`
    const { endpoint } = await subscribe({ operators: true })
    sender.answerWith({ status: 410 })
    for (const job of await publish()) await deliverMessage(ctx, job)
    const mail = jobs.payloads('notifications.send-mail').find(({ to }) => to === owner.email)
    expect(mail?.text).toContain('https://admin.example/webhooks')
    await database.sql`delete from webhook_endpoints where id = ${endpoint.id}`
  })
})

it('a ping is sent once, and harms nobody', async () => {
  const { ctx, sender, caller, endpointId, delivery, deliverAll } = await withEndpointId()
  sender.answerWith({ status: 500 })
  const ping = await pingEndpoint(ctx, { caller, endpointId })
  expect(await deliverAll({ ...ping, attempt: 1 })).toEqual([])
  expect(await delivery(ping.deliveryId)).toMatchObject({ status: 'failed', attempts: 1 })
  expect(await endpointRow(endpointId)).toMatchObject({ failing_since: null })
  expect(JSON.parse(sender.posted[0]?.body ?? '{}')).toMatchObject({ type: 'webhook.test', data: { endpoint_id: endpointId } })
})

it('messages are forgotten after 30 days, with their log', async () => {
  const { ctx, job, deliveryId, delivery } = await arranged()
  await deliverMessage(ctx, job)
  const age = (days: number) => database.sql`
    update webhook_messages set created_at = now() - ${`${days} days`}::interval
    where id in (select message_id from webhook_deliveries where id = ${deliveryId})`
  await age(29)
  await purgeWebhookMessages(ctx)
  expect(await delivery(deliveryId)).toBeDefined()
  await age(31)
  await purgeWebhookMessages(ctx)
  expect(await delivery(deliveryId)).toBeUndefined()
})
