import { restErrorSchema, type RestError } from '@gangway/schemas/rest/errors'
import { z } from 'zod'

export interface Answered {
  status: number
  headers: Headers
  body: unknown
}

/** Calls REST as a script does: JSON, and no redirects. */
export async function call(
  url: string,
  { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Answered> {
  const json = init.body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url, { ...init, headers: { ...json, ...headers }, redirect: 'error' })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : z.json().parse(JSON.parse(text)) }
}

/** What a call failed with; fails itself when the call did not, or not in the agreed form. */
export async function failureOf(answered: Promise<Answered>): Promise<RestError & { status: number }> {
  const { status, body } = await answered
  return { status, ...restErrorSchema.strict().parse(body) }
}
