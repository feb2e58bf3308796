import {
  type Account,
  type Invoice,
  type InvoicePayment,
  type PaymentIntent,
  type Session,
  type Subscription,
  unixNow,
} from './account.ts'
import { invalidRequest } from './problem.ts'
import { expire, retrieve } from './sessions.ts'

/** What a customer does on the payment page, and what time does without them. */

export function pay(account: Account, sessionId: string): Session {
  const { session, subscription } = complete(account, sessionId, 'active')
  session.payment_status = 'paid'
  session.invoice = charge(account, subscription).id
  account.emit('checkout.session.completed', session)
  return session
}

/** A debit that the bank confirms, or refuses, after a while. */
export function payLater(
  account: Account,
  sessionId: string,
  { afterMs, outcome = 'succeeds' }: { afterMs: number; outcome?: 'succeeds' | 'fails' },
): Session {
  const { session } = complete(account, sessionId, 'incomplete')
  account.clearings.push({ sessionId, at: new Date(account.clock.now().getTime() + afterMs), outcome })
  account.emit('checkout.session.completed', session)
  return session
}

/** The page says so, and can be tried again. */
export function decline(account: Account, sessionId: string): Session {
  const session = openSession(account, sessionId)
  account.emit('payment_intent.payment_failed', { id: account.newId('pi'), object: 'payment_intent', last_payment_error: {} })
  return session
}

/** The next period begins and is paid for. */
export function renew(account: Account, subscriptionId: string): Invoice {
  const subscription = account.subscriptions.get(subscriptionId)
  if (!subscription) throw new Error(`no subscription ${subscriptionId}`)
  return charge(account, subscription)
}

/** Does what has become due: payments clear or fail, sessions expire. */
export function settle(account: Account): void {
  const now = account.clock.now()
  const due = account.clearings.filter(({ at }) => at <= now)
  account.clearings = account.clearings.filter(({ at }) => at > now)
  for (const { sessionId, outcome } of due) clear(account, sessionId, outcome)
  for (const { id, status, expires_at: expiresAt } of account.sessions.values()) {
    if (status === 'open' && expiresAt * 1000 <= now.getTime()) expire(account, id)
  }
}

function clear(account: Account, sessionId: string, outcome: 'succeeds' | 'fails'): void {
  const session = retrieve(account, sessionId)
  const subscription = account.subscriptions.get(session.subscription ?? '')
  if (!subscription) throw new Error(`no subscription of ${sessionId}`)
  if (outcome === 'fails') {
    subscription.status = 'incomplete_expired'
    account.emit('checkout.session.async_payment_failed', session)
    return
  }
  subscription.status = 'active'
  session.payment_status = 'paid'
  session.invoice = charge(account, subscription).id
  account.emit('checkout.session.async_payment_succeeded', session)
}

function complete(account: Account, sessionId: string, status: Subscription['status']) {
  const session = openSession(account, sessionId)
  const customer = account.newId('cus')
  const subscription: Subscription = {
    ...{ id: account.newId('sub'), object: 'subscription', livemode: false, created: unixNow(account), status, customer },
    ...{ metadata: account.subscriptionMetadata.get(sessionId) ?? {}, latest_invoice: null },
    ...{ cancel_at_period_end: false, canceled_at: null, ended_at: null },
    items: {
      object: 'list',
      has_more: false,
      data: (account.lines.get(sessionId) ?? []).map(({ price, quantity }) => ({
        ...{ id: account.newId('si'), object: 'subscription_item', price, quantity },
      })),
    },
  }
  account.subscriptions.set(subscription.id, subscription)
  Object.assign(session, { status: 'complete', url: null, customer, subscription: subscription.id } satisfies Partial<Session>)
  account.emit('customer.subscription.created', subscription)
  return { session, subscription }
}

function openSession(account: Account, sessionId: string): Session {
  settle(account)
  const session = retrieve(account, sessionId)
  if (session.status !== 'open') throw invalidRequest(`This Checkout Session is ${session.status}.`)
  return session
}

/** A paid invoice, and the payment that hangs off it. */
function charge(account: Account, subscription: Subscription): Invoice {
  const created = unixNow(account)
  const [item] = subscription.items.data
  const amount = (item?.price.unit_amount ?? 0) * (item?.quantity ?? 0)
  const currency = item?.price.currency ?? 'usd'
  const intent: PaymentIntent = {
    ...{ id: account.newId('pi'), object: 'payment_intent', created, status: 'succeeded', amount, currency },
    latest_charge: account.newId('ch'),
  }
  const invoice: Invoice = {
    ...{ id: account.newId('in'), object: 'invoice', livemode: false, created, status: 'paid', amount_paid: amount, currency },
    parent: {
      ...{ type: 'subscription_details', quote_details: null },
      subscription_details: { subscription: subscription.id, metadata: null },
    },
  }
  const payment: InvoicePayment = {
    ...{ id: account.newId('inpay'), object: 'invoice_payment', created, status: 'paid', currency, invoice: invoice.id },
    ...{ amount_paid: amount, amount_requested: amount, payment: { type: 'payment_intent', payment_intent: intent.id } },
  }
  account.intents.set(intent.id, intent)
  account.invoices.set(invoice.id, invoice)
  account.invoicePayments.set(payment.id, payment)
  subscription.latest_invoice = invoice.id
  account.emit('invoice.paid', invoice)
  return invoice
}
