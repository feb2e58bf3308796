import { GangwayError } from '@gangway/core/errors'
import type { BillingEvent } from '@gangway/core/ports'
import { z } from 'zod'

/** The provider's names, so that one handler serves the sandbox and Stripe. */
export const EVENT_TYPES = {
  completed: 'checkout.session.completed',
  cleared: 'checkout.session.async_payment_succeeded',
} as const

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  data: z.object({ object: z.looseObject({ id: z.string(), object: z.string() }) }),
})

export interface EventSource {
  eventId: string
  type: string
  now: Date
  checkout: { id: string; userId: string; clearsAt: Date | null }
}

/** The body of a webhook. A payment that clears later is unpaid in the first event and paid in the second. */
export function eventBody({ eventId, type, now, checkout }: EventSource): string {
  const unpaid = type === EVENT_TYPES.completed && checkout.clearsAt !== null
  return JSON.stringify({
    id: eventId,
    type,
    created: Math.floor(now.getTime() / 1000),
    data: {
      object: {
        id: checkout.id,
        object: 'checkout.session',
        status: 'complete',
        payment_status: unpaid ? 'unpaid' : 'paid',
        client_reference_id: checkout.userId,
      },
    },
  })
}

/** Throws REQUEST_MALFORMED for anything but an event. */
export function parseEvent(rawBody: string): BillingEvent {
  const payload = parseJson(rawBody)
  const event = eventSchema.safeParse(payload)
  if (!event.success) throw new GangwayError('REQUEST_MALFORMED', { cause: event.error })
  const { id, type, data } = event.data
  const checkoutSessionId = data.object.object === 'checkout.session' ? data.object.id : null
  return { id, type, checkoutSessionId, subscriptionId: null, payload }
}

function parseJson(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody)
  } catch (cause) {
    throw new GangwayError('REQUEST_MALFORMED', { cause })
  }
}
