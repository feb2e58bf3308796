import type { Account } from './account.ts'
import { invalidRequest } from './problem.ts'

const DEPTH = 4

/** Puts objects in the place of their ids, where that was asked for. https://docs.stripe.com/api/expanding_objects */
export function expandObject(account: Account, object: object, paths: readonly string[] = []): unknown {
  const copy: unknown = structuredClone(object)
  for (const path of paths) {
    const keys = path.split('.')
    if (keys.length > DEPTH)
      throw invalidRequest(`You cannot expand more than ${DEPTH} levels of a property`, { param: 'expand' })
    expandAt({ account, path }, copy, keys)
  }
  return copy
}

function expandAt(at: { account: Account; path: string }, node: unknown, [key, ...rest]: string[]): void {
  if (key === undefined) return
  if (Array.isArray(node)) {
    for (const item of node) expandAt(at, item, [key, ...rest])
    return
  }
  const refused = invalidRequest(`This property cannot be expanded (${at.path}).`, { param: 'expand' })
  if (typeof node !== 'object' || node === null) throw refused
  const found: unknown = Reflect.get(node, key) ?? includable(at.account, node, key)
  if (found === undefined) {
    // Nothing is there yet, which is no mistake.
    if (key in node) return
    throw refused
  }
  const value = typeof found === 'string' ? structuredClone(objectOf(at.account, found)) : found
  if (value === undefined) throw refused
  Reflect.set(node, key, value)
  if (rest.length > 0) expandAt(at, value, rest)
}

/** Lists that an object has, and shows only when asked. */
function includable(account: Account, node: object, key: string): unknown {
  const id: unknown = Reflect.get(node, 'id')
  const isOf = (object: string, name: string) => Reflect.get(node, 'object') === object && key === name
  if (isOf('checkout.session', 'line_items')) return listOf(account.lines.get(String(id)) ?? [])
  if (isOf('invoice', 'payments')) return listOf([...account.invoicePayments.values()].filter(({ invoice }) => invoice === id))
  return undefined
}

function listOf(data: readonly object[]) {
  return { object: 'list', has_more: false, data: structuredClone(data) }
}

function objectOf({ sessions, subscriptions, invoices, intents, refunds, prices }: Account, id: string): object | undefined {
  for (const objects of [sessions, subscriptions, invoices, intents, refunds, prices]) {
    const found = objects.get(id)
    if (found) return found
  }
  return undefined
}
