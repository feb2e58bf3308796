import { organizationMembers, organizations } from '@gangway/db/schema'
import type { TestDatabase } from '@gangway/db/testing'
import type { MemberRole } from '@gangway/schemas/organizations'
import type { WebhookEvent } from '@gangway/schemas/webhooks'
import type { WebhooksContext } from '../context.ts'
import type { JobPayloads } from '../ports/index.ts'
import { createEndpoint, deliverMessage, publishEvent } from '../webhooks/index.ts'
import { memoryVault, memoryWebhookSender, recordingJobs, seededIds, silentLog, testClock } from './index.ts'
import { newUser } from './new-user.ts'

let made = 0

/** An organization with people, and a receiver in memory. */
export async function newWebhookWorld({ db, sql }: TestDatabase) {
  const jobs = recordingJobs()
  const sender = memoryWebhookSender()
  const clock = testClock()
  const ctx = {
    ...{ db, clock, jobs, webhookSender: sender, vault: memoryVault(), log: silentLog() },
    ids: seededIds(`webhooks ${process.pid} ${made++}`),
    settings: { webUrl: 'https://app.example', adminUrl: 'https://admin.example' },
  } satisfies WebhooksContext
  const [org] = await db
    .insert(organizations)
    .values({ runId: ctx.ids.uuid(), slug: `hooks_${ctx.ids.random(10, 'abcdef')}`, name: 'Acme', status: 'onboarded' })
    .returning()
  if (!org) throw new Error('the organization was not inserted')
  const owner = await member('owner')
  const caller = { actorId: owner.id, orgId: org.id }

  async function member(role: MemberRole) {
    const user = await newUser(db)
    await db.insert(organizationMembers).values({ orgId: org?.id ?? '', userId: user.id, role })
    return user
  }

  function event(type: WebhookEvent = 'run.succeeded'): JobPayloads['webhooks.publish'] {
    const occurredAt = clock.now().toISOString()
    return { messageId: ctx.ids.uuid(), type, occurredAt, orgId: org?.id ?? null, userId: null, data: { run_id: 'r1' } }
  }

  return {
    ...{ ctx, jobs, sender, clock, org, owner, caller, member, event },
    /** An endpoint that hears of runs. */
    subscribe: (fields: { url?: string; events?: WebhookEvent[]; operators?: boolean } = {}) =>
      createEndpoint(ctx, {
        caller: fields.operators ? { ...caller, orgId: null } : caller,
        fields: {
          url: fields.url ?? 'https://hooks.example.com/in',
          description: '',
          events: fields.events ?? ['run.succeeded', 'run.failed'],
        },
      }),
    /** Publishes, and answers the deliveries that are queued for it. */
    async publish(published = event()) {
      const before = jobs.payloads('webhooks.deliver').length
      await publishEvent(ctx, published)
      return jobs.payloads('webhooks.deliver').slice(before)
    },
    /** Attempts until nothing is queued any more; the clock goes with the pauses. Answers the pauses in milliseconds. */
    async deliverAll(first: JobPayloads['webhooks.deliver']): Promise<number[]> {
      const pauses: number[] = []
      for (let job: JobPayloads['webhooks.deliver'] | undefined = first; job;) {
        const before = jobs.enqueued.length
        await deliverMessage(ctx, job)
        const next = jobs.enqueued.slice(before).find(({ name }) => name === 'webhooks.deliver')
        const pause = (next?.options.startAfter?.getTime() ?? 0) - clock.now().getTime()
        job = next && { deliveryId: job.deliveryId, attempt: job.attempt + 1 }
        if (next) pauses.push(pause)
        if (next) await clock.advance(pause)
      }
      return pauses
    },
    async delivery(id: string) {
      const [row] = await sql`select * from webhook_deliveries where id = ${id}`
      return row
    },
    async endpoint(id: string) {
      const [row] = await sql`select * from webhook_endpoints where id = ${id}`
      return row
    },
    log: (deliveryId: string) => sql`select * from webhook_attempts where delivery_id = ${deliveryId} order by number`,
  }
}
