import type { z } from 'zod'
import { type Account, type Invoice, type PaymentIntent, type Refund, unixNow } from './account.ts'
import { page } from './lists.ts'
import type { createRefund, listInvoicePayments, listInvoices, listRefunds } from './params.ts'
import { invalidRequest, noSuch } from './problem.ts'

export function retrieveInvoice(account: Account, id: string): Invoice {
  const invoice = account.invoices.get(id)
  if (!invoice) throw noSuch('invoice', id)
  return invoice
}

export function listInvoicesOf(account: Account, params: z.output<typeof listInvoices>) {
  const { subscription, status } = params
  const fitting = [...account.invoices.values()].filter(
    (invoice) =>
      (subscription === undefined || invoice.parent.subscription_details.subscription === subscription) &&
      (status === undefined || invoice.status === status),
  )
  return page(fitting, params, { url: '/v1/invoices', noun: 'invoice' })
}

export function listPaymentsOf(account: Account, params: z.output<typeof listInvoicePayments>) {
  const { invoice, status } = params
  const fitting = [...account.invoicePayments.values()].filter(
    (payment) => (invoice === undefined || payment.invoice === invoice) && (status === undefined || payment.status === status),
  )
  return page(fitting, params, { url: '/v1/invoice_payments', noun: 'invoice payment' })
}

export function retrieveIntent(account: Account, id: string): PaymentIntent {
  const intent = account.intents.get(id)
  if (!intent) throw noSuch('payment_intent', id)
  return intent
}

/** The whole of a payment, or what is left of it; never more. */
export function refund(account: Account, params: z.output<typeof createRefund>): Refund {
  const { payment_intent: intentId, charge, reason = null, metadata = {} } = params
  const intent = intentOf(account, intentId, charge)
  const given = refundsOf(account, intent.id).reduce((sum, { amount }) => sum + amount, 0)
  const left = intent.amount - given
  const amount = params.amount ?? left
  if (left === 0) {
    throw invalidRequest(`Charge ${intent.latest_charge} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  if (amount < 1 || amount > left) {
    const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount' })
  }
  const refunded: Refund = {
    ...{ id: account.newId('re'), object: 'refund', created: unixNow(account), status: 'succeeded', amount, metadata, reason },
    ...{ currency: intent.currency, payment_intent: intent.id, charge: intent.latest_charge },
  }
  account.refunds.set(refunded.id, refunded)
  account.emit('refund.created', refunded)
  return refunded
}

export function refundsOf(account: Account, intentId: string): Refund[] {
  return [...account.refunds.values()].filter(({ payment_intent: of }) => of === intentId)
}

export function listRefundsOf(account: Account, params: z.output<typeof listRefunds>) {
  const { payment_intent: intent, charge } = params
  const fitting = [...account.refunds.values()].filter(
    (each) => (intent === undefined || each.payment_intent === intent) && (charge === undefined || each.charge === charge),
  )
  return page(fitting, params, { url: '/v1/refunds', noun: 'refund' })
}

function intentOf(account: Account, intentId: string | undefined, charge: string | undefined): PaymentIntent {
  if ((intentId === undefined) === (charge === undefined)) {
    const message = 'One of the following params should be provided for this request: payment_intent or charge.'
    throw invalidRequest(message, { code: 'parameter_missing' })
  }
  const intents = [...account.intents.values()]
  const found = intents.find(({ id, latest_charge }) => id === intentId || latest_charge === charge)
  if (!found)
    throw intentId === undefined ? noSuch('charge', charge ?? '', 'charge') : noSuch('payment_intent', intentId, 'payment_intent')
  if (found.status !== 'succeeded') throw invalidRequest('This PaymentIntent does not have a successful charge to refund.')
  return found
}
