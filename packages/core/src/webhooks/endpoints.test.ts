import { testDatabase } from '@gangway/db/testing'
import { webhookDeliveriesPageSchema, webhookDeliveryDetailsSchema, webhookEndpointSchema } from '@gangway/schemas/webhooks'
import { describe, expect, it } from 'vitest'
import { heldUp } from '../testing/held-up.ts'
import { newUser } from '../testing/new-user.ts'
import { newWebhookWorld } from '../testing/webhooks.ts'
import type { WebhookCaller } from './caller.ts'
import { createEndpoint } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { deliverMessage } from './deliver.ts'
import { deliveryDetails } from './delivery-details.ts'
import { listDeliveries } from './list-deliveries.ts'
import { listEndpoints } from './list-endpoints.ts'
import { pingEndpoint } from './ping.ts'
import { redeliver } from './redeliver.ts'
import { rotateSecret } from './rotate-secret.ts'
import { updateEndpoint } from './update-endpoint.ts'

const database = await testDatabase()
const FIELDS = { url: 'https://hooks.example.com/in', description: 'CRM', events: ['run.succeeded' as const] }

async function arranged() {
  const world = await newWebhookWorld(database)
  const { endpoint, secret } = await world.subscribe()
  const [job = { deliveryId: '', attempt: 0 }] = await world.publish()
  return { ...world, endpoint, secret, job }
}

function audits(id: string) {
  return database.sql`select action from audit_log where subject_id = ${id} order by id`.then((rows) =>
    rows.map((row) => String(row['action'])),
  )
}

describe('who may look after webhooks', () => {
  it('owners and admins of the organization; members learn that they may not, strangers nothing', async () => {
    const { ctx, org, caller, member, endpoint, job } = await arranged()
    const calls = (asking: WebhookCaller) => [
      createEndpoint(ctx, { caller: asking, fields: FIELDS }),
      listEndpoints(ctx, { caller: asking }),
      updateEndpoint(ctx, { caller: asking, endpointId: endpoint.id, fields: FIELDS, enabled: true }),
      rotateSecret(ctx, { caller: asking, endpointId: endpoint.id, overlapHours: 1 }),
      pingEndpoint(ctx, { caller: asking, endpointId: endpoint.id }),
      listDeliveries(ctx, { caller: asking, filter: {}, limit: 10 }),
      deliveryDetails(ctx, { caller: asking, deliveryId: job.deliveryId }),
      redeliver(ctx, { caller: asking, deliveryId: job.deliveryId }),
      deleteEndpoint(ctx, { caller: asking, endpointId: endpoint.id }),
    ]
    const codes = async (asking: WebhookCaller) => {
      const results = await Promise.allSettled(calls(asking))
      return new Set(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done')))
    }
    expect(await codes({ actorId: (await member('member')).id, orgId: org.id })).toEqual(new Set(['FORBIDDEN']))
    expect(await codes({ actorId: (await newUser(database.db)).id, orgId: org.id })).toEqual(new Set(['NOT_FOUND']))
    const { id: adminId } = await member('admin')
    expect(await listEndpoints(ctx, { caller: { actorId: adminId, orgId: org.id } })).toHaveLength(1)
    await database.sql`update organizations set status = 'abandoned' where id = ${org.id}`
    expect(await codes(caller)).toEqual(new Set(['NOT_FOUND']))
  })

  it('of another organization nothing can be reached, by whatever id', async () => {
    const { endpoint, job } = await arranged()
    const { ctx, caller } = await newWebhookWorld(database)
    const calls = [
      updateEndpoint(ctx, { caller, endpointId: endpoint.id, fields: FIELDS, enabled: true }),
      rotateSecret(ctx, { caller, endpointId: endpoint.id, overlapHours: 1 }),
      pingEndpoint(ctx, { caller, endpointId: endpoint.id }),
      deliveryDetails(ctx, { caller, deliveryId: job.deliveryId }),
      redeliver(ctx, { caller, deliveryId: job.deliveryId }),
      deleteEndpoint(ctx, { caller, endpointId: endpoint.id }),
    ]
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'NOT_FOUND' })))
    expect((await listDeliveries(ctx, { caller, filter: { endpointId: endpoint.id }, limit: 10 })).rows).toEqual([])
  })

  it('staff look after the operators’ own, see every delivery, and change nobody else’s endpoint', async () => {
    const { ctx, owner, endpoint, job, org } = await arranged()
    const staff = { actorId: owner.id, orgId: null }
    const own = await createEndpoint(ctx, { caller: staff, fields: FIELDS })
    expect((await listEndpoints(ctx, { caller: staff })).map(({ id }) => id)).toContain(own.endpoint.id)
    expect((await listEndpoints(ctx, { caller: staff })).map(({ id }) => id)).not.toContain(endpoint.id)
    expect((await deliveryDetails(ctx, { caller: staff, deliveryId: job.deliveryId })).orgSlug).toBe(org.slug)
    await expect(deleteEndpoint(ctx, { caller: staff, endpointId: endpoint.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await deleteEndpoint(ctx, { caller: staff, endpointId: own.endpoint.id })
  })
})

describe('endpoints', () => {
  it('are made with a secret that is shown once, and kept sealed', async () => {
    const { ctx, caller, clock } = await newWebhookWorld(database)
    const { endpoint, secret } = await createEndpoint(ctx, { caller, fields: FIELDS })
    expect(webhookEndpointSchema.parse(endpoint)).toEqual({
      ...FIELDS,
      ...{ id: endpoint.id, orgId: caller.orgId, createdAt: clock.now() },
      ...{ disabledReason: null, failingSince: null, previousSecretUntil: null },
    })
    expect(await listEndpoints(ctx, { caller })).toEqual([endpoint])
    const [row] = await database.sql`select * from webhook_endpoints where id = ${endpoint.id}`
    expect(JSON.stringify(row)).not.toContain(secret.slice('whsec_'.length))
    const audited = await database.sql`select detail from audit_log where subject_id = ${endpoint.id}`
    expect(JSON.stringify(audited)).not.toContain('whsec_')
  })

  it('go to public https only, also after a change', async () => {
    const { ctx, caller, endpoint } = await arranged()
    const fields = { ...FIELDS, url: 'http://169.254.169.254/' }
    await expect(createEndpoint(ctx, { caller, fields })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' })
    const change = updateEndpoint(ctx, { caller, endpointId: endpoint.id, fields, enabled: true })
    await expect(change).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' })
    expect((await listEndpoints(ctx, { caller })).map(({ url }) => url)).toEqual(['https://hooks.example.com/in'])
  })

  it('race: of many that are added at once, twenty get in', async () => {
    const { ctx, caller } = await newWebhookWorld(database)
    const adding = Array.from({ length: 24 }, () => createEndpoint(ctx, { caller, fields: FIELDS }))
    const refused = (await Promise.allSettled(adding)).filter(({ status }) => status === 'rejected')
    expect(refused.map((result) => 'reason' in result && result.reason.code)).toEqual(Array(4).fill('WEBHOOK_ENDPOINTS_FULL'))
    expect(await listEndpoints(ctx, { caller })).toHaveLength(20)
  })

  it('are turned off and on, and begin anew with it', async () => {
    const { ctx, caller, endpoint } = await arranged()
    const change = (enabled: boolean, url = endpoint.url) =>
      updateEndpoint(ctx, { caller, endpointId: endpoint.id, fields: { ...FIELDS, url }, enabled })
    const fail = () => database.sql`update webhook_endpoints set failing_since = now() where id = ${endpoint.id}`
    await fail()
    expect(await change(true)).toMatchObject({ description: 'CRM', events: ['run.succeeded'], failingSince: expect.any(Date) })
    expect(await change(true, 'https://elsewhere.example/')).toMatchObject({ failingSince: null })
    await fail()
    expect(await change(false)).toMatchObject({ disabledReason: 'person' })
    await expect(pingEndpoint(ctx, { caller, endpointId: endpoint.id })).rejects.toMatchObject({
      code: 'WEBHOOK_ENDPOINT_DISABLED',
    })
    await database.sql`update webhook_endpoints set disabled_reason = 'failing' where id = ${endpoint.id}`
    expect(await change(false)).toMatchObject({ disabledReason: 'failing' })
    expect(await change(true)).toMatchObject({ disabledReason: null, failingSince: null })
    expect(await audits(endpoint.id)).toEqual(['webhook.created', ...Array(5).fill('webhook.updated')])
  })

  it('race: of two rotations at once one wins, and the secret that the receiver knows goes on signing', async () => {
    const { ctx, caller, endpoint, secret, org } = await arranged()
    const rotate = () =>
      rotateSecret(ctx, { caller, endpointId: endpoint.id, overlapHours: 24 }).then(
        () => 'won',
        (error) => error.code,
      )
    const outcomes = await heldUp(database, 'webhook_endpoints', () => [rotate(), rotate()])
    expect(outcomes.toSorted()).toEqual(['DATABASE_CONFLICT', 'won'])
    const [row] = await database.sql`select previous_sealed from webhook_endpoints where id = ${endpoint.id}`
    expect(await ctx.vault.open(row?.['previous_sealed'], org.id)).toBe(secret)
  })

  it('are removed with their log', async () => {
    const { ctx, caller, endpoint, job } = await arranged()
    await deleteEndpoint(ctx, { caller, endpointId: endpoint.id })
    await expect(deliveryDetails(ctx, { caller, deliveryId: job.deliveryId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(deleteEndpoint(ctx, { caller, endpointId: endpoint.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await audits(endpoint.id)).toEqual(['webhook.created', 'webhook.deleted'])
  })
})

describe('deliveries', () => {
  it('are listed newest first, page by page, and by endpoint, state, event and text', async () => {
    const { ctx, caller, clock, endpoint, publish, subscribe, event, org } = await arranged()
    const other = await subscribe({ url: 'https://other.example/100%', events: ['run.failed'] })
    await clock.advance(1000)
    const failed = await publish(event('run.failed'))
    for (const job of failed) await deliverMessage(ctx, job)
    const list = async (filter: Parameters<typeof listDeliveries>[1]['filter'], limit = 50) => {
      const rows = []
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await listDeliveries(ctx, { caller, filter, limit, cursor })
        expect(webhookDeliveriesPageSchema.parse(page)).toEqual(page)
        rows.push(...page.rows)
        cursor = page.nextCursor
      }
      return rows
    }
    expect(await list({}, 1)).toEqual(await list({}))
    expect((await list({})).map(({ type, status }) => `${type} ${status}`)).toEqual([
      ...['run.failed succeeded', 'run.failed succeeded'],
      'run.succeeded pending',
    ])
    expect(await list({ endpointId: other.endpoint.id })).toHaveLength(1)
    expect(await list({ statuses: ['pending'] })).toMatchObject([{ endpointId: endpoint.id, orgSlug: org.slug, attempts: 0 }])
    expect(await list({ types: ['run.succeeded'] })).toHaveLength(1)
    expect(await list({ text: '100%' })).toHaveLength(1)
    expect(await list({ text: org.slug.toUpperCase() })).toHaveLength(3)
  })

  it('tell what was sent and what came back, the newest attempt first', async () => {
    const { ctx, caller, sender, job, deliverAll } = await arranged()
    sender.answerWith({ status: 500, body: 'no' })
    await deliverAll(job)
    const details = await deliveryDetails(ctx, { caller, deliveryId: job.deliveryId })
    expect(webhookDeliveryDetailsSchema.parse(details)).toEqual(details)
    expect(details.body).toBe(sender.posted[0]?.body)
    expect(details.log.map(({ number }) => number)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(details.log[0]).toMatchObject({ status: 500, response: 'no', error: null })
  })

  it('are made again at once, whatever came of them, with the pauses from the beginning', async () => {
    const { ctx, caller, sender, job, deliverAll, jobs } = await arranged()
    sender.answerWith({ status: 500 })
    await deliverAll(job)
    const again = await redeliver(ctx, { caller, deliveryId: job.deliveryId })
    expect(again).toMatchObject({ status: 'pending', attempts: 10, nextAttemptAt: ctx.clock.now() })
    const next = jobs.payloads('webhooks.deliver').at(-1) ?? job
    expect(next).toEqual({ deliveryId: job.deliveryId, attempt: 11 })
    await deliverMessage(ctx, next)
    const pause = (jobs.enqueued.at(-1)?.options.startAfter?.getTime() ?? 0) - ctx.clock.now().getTime()
    expect(pause).toBeLessThan(6000)
    sender.answerWith({ status: 200 })
    await redeliver(ctx, { caller, deliveryId: job.deliveryId })
    await redeliver(ctx, { caller, deliveryId: job.deliveryId })
    for (const each of jobs.payloads('webhooks.deliver').slice(-2)) await deliverMessage(ctx, each)
    expect(sender.posted).toHaveLength(12)
    expect(new Set(sender.posted.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await audits(job.deliveryId)).toEqual(Array(3).fill('webhook.redelivered'))
  })

  it('of an endpoint that is turned off wait until it is on', async () => {
    const { ctx, caller, endpoint, job } = await arranged()
    await updateEndpoint(ctx, { caller, endpointId: endpoint.id, fields: FIELDS, enabled: false })
    const again = redeliver(ctx, { caller, deliveryId: job.deliveryId })
    await expect(again).rejects.toMatchObject({ code: 'WEBHOOK_ENDPOINT_DISABLED' })
  })
})
