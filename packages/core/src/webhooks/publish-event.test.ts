import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { newWebhookWorld } from '../testing/webhooks.ts'
import { onboardingCompleted, orgOffboarded, runFailed } from './events.ts'
import { publishEvent } from './publish-event.ts'
import { updateEndpoint } from './update-endpoint.ts'

const database = await testDatabase()

/** To which endpoints a message is on its way. */
async function receivers(messageId: string): Promise<string[]> {
  const rows = await database.sql<{ url: string }[]>`
    select url from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id where message_id = ${messageId} order by url`
  return rows.map(({ url }) => url)
}

async function body(messageId: string): Promise<unknown> {
  const [row] = await database.sql<{ body: string }[]>`select body from webhook_messages where id = ${messageId}`
  return JSON.parse(row?.body ?? 'null')
}

describe('publishEvent', () => {
  it('stores nothing where nobody listens', async () => {
    const { ctx, event, jobs } = await newWebhookWorld(database)
    const silent = event('org.offboarded')
    await publishEvent(ctx, silent)
    expect(await body(silent.messageId)).toBeNull()
    expect(jobs.enqueued).toEqual([])
  })

  it('goes to whoever hears the event, of this organization and of the operators, and to nobody else', async () => {
    const { ctx, event, subscribe } = await newWebhookWorld(database)
    const stranger = await newWebhookWorld(database)
    await stranger.subscribe({ url: 'https://stranger.example/' })
    await subscribe({ url: 'https://a.example/' })
    await subscribe({ url: 'https://b.example/', events: ['run.failed'] })
    const operators = await subscribe({ url: 'https://ops.example/', operators: true })
    const published = event()
    await publishEvent(ctx, published)
    expect(await receivers(published.messageId)).toEqual(['https://a.example/', 'https://ops.example/'])
    expect(await body(published.messageId)).toEqual({
      type: 'run.succeeded',
      timestamp: published.occurredAt,
      data: { run_id: 'r1' },
    })
    await database.sql`delete from webhook_endpoints where id = ${operators.endpoint.id}`
  })

  it('passes by what is turned off', async () => {
    const { ctx, caller, event, subscribe } = await newWebhookWorld(database)
    const { endpoint } = await subscribe()
    await updateEndpoint(ctx, { caller, endpointId: endpoint.id, fields: endpoint, enabled: false })
    const published = event()
    await publishEvent(ctx, published)
    expect(await receivers(published.messageId)).toEqual([])
  })

  it('race: many of one event queue one delivery to each endpoint', async () => {
    const { ctx, event, subscribe, jobs } = await newWebhookWorld(database)
    await subscribe({ url: 'https://a.example/' })
    await subscribe({ url: 'https://b.example/' })
    const published = event()
    await Promise.all(Array.from({ length: 8 }, () => publishEvent(ctx, published)))
    await publishEvent(ctx, published)
    expect(await receivers(published.messageId)).toHaveLength(2)
    expect(jobs.payloads('webhooks.deliver')).toHaveLength(2)
  })

  it('tells every organization that a person belongs to that they have finished, and who they are', async () => {
    const { ctx, owner, subscribe } = await newWebhookWorld(database)
    await subscribe({ events: ['onboarding.completed'] })
    const { payload } = onboardingCompleted(ctx, { sessionId: ctx.ids.uuid(), userId: owner.id })
    await publishEvent(ctx, payload)
    expect(await receivers(payload.messageId)).toHaveLength(1)
    expect(await body(payload.messageId)).toMatchObject({ data: { user_id: owner.id, email: owner.email } })
    const nobody = onboardingCompleted(ctx, { sessionId: ctx.ids.uuid(), userId: ctx.ids.uuid() })
    await publishEvent(ctx, nobody.payload)
    expect(await receivers(nobody.payload.messageId)).toEqual([])
  })

  it('says what was true when it happened', async () => {
    const { ctx, org, subscribe } = await newWebhookWorld(database)
    await subscribe({ events: ['run.failed', 'org.offboarded'] })
    const failure = { code: 'SLUG_TAKEN', message: 'Taken.', errorId: 'err_1', kind: 'customer' } as const
    const run = { id: ctx.ids.uuid(), checkoutSessionId: 'cs_1', orgId: org.id, slug: org.slug, companyName: 'Acme' }
    const failed = runFailed(ctx, { run: { ...run, plan: 'SCALE' }, stage: 'finalize', failure, nextAttemptAt: null })
    await publishEvent(ctx, failed.payload)
    expect(await body(failed.payload.messageId)).toEqual({
      type: 'run.failed',
      timestamp: ctx.clock.now().toISOString(),
      data: {
        ...{ run_id: run.id, checkout_session_id: 'cs_1', org_id: org.id, org_slug: org.slug, company_name: 'Acme' },
        ...{ plan: 'SCALE', stage: 'finalize', next_attempt_at: null },
        failure: { code: 'SLUG_TAKEN', message: 'Taken.', error_id: 'err_1' },
      },
    })
    const left = orgOffboarded(ctx, org)
    await publishEvent(ctx, left.payload)
    expect(await body(left.payload.messageId)).toMatchObject({ data: { org_id: org.id, org_slug: org.slug } })
  })
})
