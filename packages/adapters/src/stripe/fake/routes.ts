import type { z } from 'zod'
import type { Account } from './account.ts'
import { listEventsOf, listPricesOf } from './catalog.ts'
import { checkParams } from './check-params.ts'
import { expandObject } from './expand.ts'
import { listInvoicesOf, listPaymentsOf, listRefundsOf, refund, retrieveIntent, retrieveInvoice } from './money.ts'
import * as params from './params.ts'
import { StripeProblem } from './problem.ts'
import * as sessions from './sessions.ts'
import * as subscriptions from './subscriptions.ts'

export interface Call {
  /** Does the work, once: its parameters have been checked. */
  run(account: Account): unknown
}

interface Route {
  method: string
  path: RegExp
  prepare(id: string, sent: unknown): Call
}

interface Play<Schema extends z.ZodType> {
  takes: Schema
  does: (account: Account, id: string, given: z.output<Schema>) => object
}

function route<Schema extends z.ZodType<{ expand?: string[] | undefined }>>(
  address: string,
  { takes, does }: Play<Schema>,
): Route {
  const [method = '', path = ''] = address.split(' ')
  return {
    method,
    path: new RegExp(`^${path.replace(':id', '([^/]+)')}$`),
    prepare(id, sent) {
      const given = checkParams(takes, sent)
      return { run: (account) => expandObject(account, does(account, id, given), given.expand) }
    },
  }
}

const ROUTES: readonly Route[] = [
  route('POST /v1/checkout/sessions', { takes: params.createSession, does: (at, _id, given) => sessions.create(at, given) }),
  route('GET /v1/checkout/sessions', { takes: params.listSessions, does: (at, _id, given) => sessions.list(at, given) }),
  route('GET /v1/checkout/sessions/:id', { takes: params.expandOnly, does: sessions.retrieve }),
  route('POST /v1/checkout/sessions/:id/expire', { takes: params.expandOnly, does: sessions.expire }),
  route('GET /v1/checkout/sessions/:id/line_items', { takes: params.listLines, does: sessions.lines }),
  route('GET /v1/subscriptions', { takes: params.listSubscriptions, does: (at, _id, given) => subscriptions.list(at, given) }),
  route('GET /v1/subscriptions/:id', { takes: params.expandOnly, does: subscriptions.retrieve }),
  route('POST /v1/subscriptions/:id', { takes: params.updateSubscription, does: subscriptions.update }),
  route('DELETE /v1/subscriptions/:id', { takes: params.cancelSubscription, does: subscriptions.cancel }),
  route('GET /v1/invoices', { takes: params.listInvoices, does: (at, _id, given) => listInvoicesOf(at, given) }),
  route('GET /v1/invoices/:id', { takes: params.expandOnly, does: retrieveInvoice }),
  route('GET /v1/invoice_payments', { takes: params.listInvoicePayments, does: (at, _id, given) => listPaymentsOf(at, given) }),
  route('GET /v1/payment_intents/:id', { takes: params.expandOnly, does: retrieveIntent }),
  route('POST /v1/refunds', { takes: params.createRefund, does: (at, _id, given) => refund(at, given) }),
  route('GET /v1/refunds', { takes: params.listRefunds, does: (at, _id, given) => listRefundsOf(at, given) }),
  route('GET /v1/prices', { takes: params.listPrices, does: (at, _id, given) => listPricesOf(at, given) }),
  route('GET /v1/events', { takes: params.listEvents, does: (at, _id, given) => listEventsOf(at, given) }),
]

/** Throws what Stripe says to an address that it does not have, and to parameters that it does not take. */
export function prepareCall({ method, path }: { method: string; path: string }, sent: unknown): Call {
  for (const each of ROUTES) {
    const match = each.method === method ? each.path.exec(path) : null
    if (match) return each.prepare(decodeURIComponent(match[1] ?? ''), sent)
  }
  const message = `Unrecognized request URL (${method}: ${path}).`
  throw new StripeProblem(404, { type: 'invalid_request_error', message })
}
