import { signBody } from '@gangway/adapters/sandbox-billing'
import { processBillingEvent, receiveBillingEvent } from '@gangway/core/checkout'
import type { ProvisioningContext } from '@gangway/core/context'
import { webhookEvents } from '@gangway/db/schema'
import { inArray } from 'drizzle-orm'
import { WEBHOOK_SECRET } from './compose.ts'

interface Event {
  id: string
  type: string
  checkout: string
}

/** Receives events as the API does, so many at once; then does the jobs of those that were stored, each of them twice. */
export async function deliverWebhooks(ctx: ProvisioningContext, { events, atOnce }: { events: Event[]; atOnce: number }) {
  const counts = { stored: 0, duplicate: 0 }
  await inGroups(events, atOnce, async (event) => {
    counts[await receiveBillingEvent(ctx, signed(ctx, event))] += 1
  })
  const stored = await ctx.db
    .select({ eventId: webhookEvents.id })
    .from(webhookEvents)
    .where(inArray(webhookEvents.objectId, [...new Set(events.map(({ checkout }) => checkout))]))
  await inGroups([...stored, ...stored.toReversed()], atOnce, (job) => processBillingEvent(ctx, job))
  return counts
}

async function inGroups<Item>(items: Item[], atOnce: number, work: (item: Item) => Promise<unknown>): Promise<void> {
  const waiting = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item)
    }),
  )
}

function signed(ctx: ProvisioningContext, { id, type, checkout }: Event): { rawBody: string; signature: string } {
  const rawBody = JSON.stringify({
    id,
    type,
    data: { object: { id: checkout, object: 'checkout.session', payment_status: 'paid' } },
  })
  return { rawBody, signature: signBody({ secret: WEBHOOK_SECRET, rawBody, now: ctx.clock.now() }) }
}
