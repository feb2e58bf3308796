import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeReply, FakeRequest } from '../../fake-server/fake-server.ts'
import { API_VERSION } from '../client.ts'
import type { Account } from './account.ts'
import { settle } from './customer.ts'
import { readForm } from './form.ts'
import { createIdempotency } from './idempotency.ts'
import { invalidRequest, PROBLEMS, StripeProblem } from './problem.ts'
import { prepareCall } from './routes.ts'

export interface ApiOptions {
  account: Account
  /** The one that may do everything. */
  secretKey: string
  /** The one that may only look. */
  restrictedKey: string
  /** More than these for one endpoint within a second are refused; any number where there is none. */
  requestsPerSecond?: number | undefined
}

export interface Api {
  answer(request: FakeRequest): Promise<FakeReply>
  /** The next request that fits does its work and fails then, and is remembered as failed: `POST /v1/refunds`. */
  breakAfterWork(match: string): void
  /** Each piece of work takes so long from now on, in milliseconds of the wall clock. */
  takeTime(ms: number): void
}

/** Stripe's API, as strict as the real one where we have to do with it. */
export function createApi(options: ApiOptions): Api {
  const { account } = options
  const idempotency = createIdempotency(account.clock)
  const overload = countRequests(options.requestsPerSecond)
  let breaks: string | undefined
  let workMs = 0
  let requests = 0

  async function serve(request: FakeRequest): Promise<FakeReply> {
    const address = `${request.method} ${request.path}`
    admit(options, request)
    if (overload(address)) return { ...PROBLEMS.rateLimit, headers: { 'retry-after': '1' } }
    settle(account)
    const isGet = request.method === 'GET'
    const sent = readForm(isGet ? request.query : new URLSearchParams(request.body))
    const call = prepareCall(request, sent)
    return idempotency.once(request, async () => {
      await sleep(workMs)
      const isBroken = breaks !== undefined && address.startsWith(breaks)
      if (isBroken) breaks = undefined
      const body = call.run(account)
      return isBroken ? PROBLEMS.apiError : { status: 200, body }
    })
  }

  return {
    async answer(request) {
      requests += 1
      const reply = await serve(request).catch(describe)
      const ids = { 'request-id': `req_${requests}`, 'stripe-version': API_VERSION }
      return { ...reply, headers: { ...reply.headers, ...ids } }
    },
    breakAfterWork(match) {
      breaks = match
    },
    takeTime(ms) {
      workMs = ms
    },
  }
}

function describe(error: unknown): FakeReply {
  if (!(error instanceof StripeProblem)) throw error
  return { status: error.status, body: { error: error.fields } }
}

/** Who asks, in which version, and in which form. */
function admit({ secretKey, restrictedKey }: ApiOptions, { method, headers, path }: FakeRequest): void {
  const key = headers['authorization']?.replace(/^Bearer /, '')
  if (key === undefined) {
    const message = 'You did not provide an API key. You need to provide your API key in the Authorization header.'
    throw new StripeProblem(401, { type: 'invalid_request_error', message })
  }
  if (key !== secretKey && key !== restrictedKey) {
    const message = `Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`
    throw new StripeProblem(401, { type: 'invalid_request_error', message })
  }
  if (key === restrictedKey && method !== 'GET') {
    const message = `The provided key '${key.slice(0, 8)}****' does not have the required permissions for ${path}.`
    throw new StripeProblem(403, { type: 'invalid_request_error', message })
  }
  if (headers['stripe-version'] !== API_VERSION)
    throw invalidRequest(`Invalid Stripe API version: ${headers['stripe-version'] ?? 'none'}`)
  if (method === 'POST' && headers['content-type'] !== 'application/x-www-form-urlencoded')
    throw invalidRequest('Request bodies are forms.')
}

/** True for those that come too fast, by the wall clock: pacing is about real time. */
function countRequests(limit = Infinity): (address: string) => boolean {
  const recent = new Map<string, number[]>()
  return (address) => {
    const endpoint = address.replace(/\/[a-z]+_\w*\d\w*/g, '/:id')
    const now = performance.now()
    const times = (recent.get(endpoint) ?? []).filter((at) => now - at < 1000)
    recent.set(endpoint, [...times, now])
    return times.length >= limit
  }
}
