import type { z } from 'zod'
import { type Account, type Session, unixNow } from './account.ts'
import { page } from './lists.ts'
import type { createSession, listLines, listSessions } from './params.ts'
import { invalidRequest, noSuch } from './problem.ts'

const NOUN = 'checkout session'
const HALF_HOUR_S = 30 * 60
const DAY_S = 24 * 60 * 60

export function create(account: Account, params: z.output<typeof createSession>): Session {
  if (params.mode !== 'subscription') throw new Error(`the fake does not play sessions with the mode ${params.mode}`)
  const now = unixNow(account)
  const { expires_at: expiresAt = now + DAY_S } = params
  if (expiresAt < now + HALF_HOUR_S || expiresAt > now + DAY_S) {
    const message =
      'The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.'
    throw invalidRequest(message, { param: 'expires_at' })
  }
  const lines = params.line_items.map(({ price: priceId, quantity }, index) => {
    const price = account.prices.get(priceId)
    if (!price) throw noSuch('price', priceId, `line_items[${index}][price]`)
    if (!price.active) throw invalidRequest(`The price ${priceId} is not active.`, { param: `line_items[${index}][price]` })
    return { id: account.newId('li'), object: 'item' as const, price, quantity }
  })
  const id = account.newId('cs_test')
  const session: Session = {
    ...{ id, object: 'checkout.session', livemode: false, created: now, expires_at: expiresAt, mode: params.mode },
    ...{ status: 'open', payment_status: 'unpaid', url: `${account.pageUrl()}/c/pay/${id}` },
    ...{ success_url: params.success_url, cancel_url: params.cancel_url ?? null },
    ...{ client_reference_id: params.client_reference_id ?? null, customer_email: params.customer_email ?? null },
    ...{ metadata: params.metadata ?? {}, customer: null, subscription: null, invoice: null, payment_intent: null },
    amount_total: lines.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * quantity, 0),
    currency: lines[0]?.price.currency ?? null,
  }
  account.sessions.set(id, session)
  account.lines.set(id, lines)
  account.subscriptionMetadata.set(id, params.subscription_data?.metadata ?? {})
  return session
}

export function retrieve(account: Account, id: string): Session {
  const session = account.sessions.get(id)
  if (!session) throw noSuch(NOUN, id)
  return session
}

export function expire(account: Account, id: string): Session {
  const session = retrieve(account, id)
  if (session.status !== 'open') {
    throw invalidRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`)
  }
  Object.assign(session, { status: 'expired', url: null } satisfies Partial<Session>)
  account.emit('checkout.session.expired', session)
  return session
}

export function list(account: Account, params: z.output<typeof listSessions>) {
  const { status, subscription } = params
  const fitting = [...account.sessions.values()].filter(
    (session) =>
      (status === undefined || session.status === status) &&
      (subscription === undefined || session.subscription === subscription),
  )
  return page(fitting, params, { url: '/v1/checkout/sessions', noun: NOUN })
}

export function lines(account: Account, id: string, params: z.output<typeof listLines>) {
  retrieve(account, id)
  return page(account.lines.get(id) ?? [], params, { url: `/v1/checkout/sessions/${id}/line_items`, noun: 'line item' })
}
