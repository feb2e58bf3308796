import type { FakeReply, FakeRequest } from '../../fake-server/fake-server.ts'
import type { Account, Session } from './account.ts'
import { decline, pay, payLater } from './customer.ts'
import { expire, retrieve } from './sessions.ts'

const PATH = /^\/c\/pay\/([^/]+)(?:\/(pay|decline|pay-later|expire))?$/
/** Long enough to see the page that waits, short enough to wait for. */
const CLEARS_AFTER_MS = 15_000
const BUTTONS = {
  pay: 'Pay',
  decline: 'Pay with a card that is declined',
  'pay-later': 'Pay by a debit that clears later',
  expire: 'Let it expire',
}

/** Undefined for whatever is no payment page. */
export function answerPage(account: Account, { method, path }: FakeRequest): FakeReply | undefined {
  const match = PATH.exec(path)
  if (!match) return undefined
  const [, id = '', deed] = match
  if (deed === undefined) return html(200, payPage(account, retrieve(account, id)))
  if (method !== 'POST') return html(405, page('Not this way', '<p>Press a button.</p>'))
  if (deed === 'decline') {
    return html(402, payPage(account, decline(account, id), 'Your card was declined.'))
  }
  if (deed === 'expire') {
    expire(account, id)
    return { status: 303, headers: { location: `/c/pay/${id}` } }
  }
  const session = deed === 'pay' ? pay(account, id) : payLater(account, id, { afterMs: CLEARS_AFTER_MS })
  return { status: 303, headers: { location: successUrl(session) } }
}

function successUrl({ success_url: url, id }: Session): string {
  return (url ?? '').replaceAll('{CHECKOUT_SESSION_ID}', id)
}

function payPage(account: Account, session: Session, problem = ''): string {
  const { id, status, amount_total: amount, currency, cancel_url: cancelUrl } = session
  const [line] = account.lines.get(id) ?? []
  const price = `${((amount ?? 0) / 100).toFixed(2)} ${(currency ?? '').toUpperCase()}`
  const forms = Object.entries(BUTTONS).map(
    ([deed, label]) => `<form method="post" action="/c/pay/${escape(id)}/${deed}"><button>${label}</button></form>`,
  )
  const back = cancelUrl === null ? '' : `<p><a href="${escape(cancelUrl)}">Back to the shop</a></p>`
  const alert = problem === '' ? '' : `<p role="alert">${escape(problem)}</p>`
  const body =
    status === 'open'
      ? `${alert}<p>${escape(line?.price.lookup_key ?? '')}: ${price} a month</p>${forms.join('')}${back}`
      : `<p role="status">This checkout is ${escape(String(status))}.</p>${back}`
  return page('Payment', body)
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`
}

function html(status: number, body: string): FakeReply {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
