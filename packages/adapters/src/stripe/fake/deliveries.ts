import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@gangway/core/ports'
import Stripe from 'stripe'
import { z } from 'zod'
import type { StripeEvent } from './account.ts'

/** How webhooks are brought, from the next event on. */
export const deliverySchema = z.object({
  /** Events of this long, in milliseconds of the wall clock, wait and are brought together. */
  delayMs: z.number().int().nonnegative().default(0),
  /** 0 for those that are lost. */
  copies: z.number().int().nonnegative().max(10).default(1),
  order: z.enum(['as-sent', 'reversed', 'shuffled']).default('as-sent'),
})
export type NewDelivery = z.input<typeof deliverySchema>

export interface Deliveries {
  plan(delivery: NewDelivery): void
  send(event: StripeEvent): void
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>
  /** Calls off whatever is on its way. */
  close(): Promise<void>
}

const ATTEMPTS = 5
const FIRST_PAUSE_MS = 200

/** Brings signed events to an endpoint, and tries again where it does not answer 2xx. */
export function createDeliveries({ clock, url, secret }: { clock: Clock; url: string | undefined; secret: string }): Deliveries {
  let delivery = deliverySchema.parse({})
  let waiting: StripeEvent[] = []
  const onTheWay = new Set<Promise<void>>()
  const over = new AbortController()

  async function bringAll(): Promise<void> {
    const { delayMs, copies, order } = delivery
    await sleep(delayMs, undefined, { signal: over.signal })
    const events = arranged(waiting, order)
    waiting = []
    for (const event of events) for (let copy = 0; copy < copies; copy++) await bring(event)
  }

  async function bring(event: StripeEvent): Promise<void> {
    const payload = JSON.stringify(event)
    for (let attempt = 0; attempt < ATTEMPTS && url !== undefined; attempt++) {
      await sleep(attempt === 0 ? 0 : FIRST_PAUSE_MS * 2 ** attempt, undefined, { signal: over.signal })
      if (await post(url, { payload, signature: sign({ payload, secret, clock }), signal: over.signal })) return
    }
  }

  return {
    plan(next) {
      delivery = deliverySchema.parse(next)
    },
    send(event) {
      waiting.push(event)
      if (url === undefined || waiting.length > 1) return
      const bringing = bringAll().catch(() => {})
      onTheWay.add(bringing)
      void bringing.finally(() => onTheWay.delete(bringing))
    },
    async idle() {
      while (onTheWay.size > 0) await Promise.all(onTheWay)
    },
    async close() {
      over.abort()
      await Promise.all(onTheWay)
    },
  }
}

export function sign({ payload, secret, clock }: { payload: string; secret: string; clock: Clock }): string {
  const timestamp = Math.floor(clock.now().getTime() / 1000)
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
}

async function post(url: string, { payload, signature, signal }: { payload: string; signature: string; signal: AbortSignal }) {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature }
  try {
    const response = await fetch(url, { method: 'POST', body: payload, headers, redirect: 'error', signal })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

function arranged<Item>(items: Item[], order: z.output<typeof deliverySchema>['order']): Item[] {
  if (order === 'reversed') return items.toReversed()
  if (order === 'as-sent') return items
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
