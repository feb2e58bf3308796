import { classify, type ErrorCode, PROVIDER_PATTERNS } from '@gangway/core/errors'
import { testClock } from '@gangway/core/testing'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type FakeReply, startFakeServer } from '../fake-server/fake-server.ts'
import { createProviders } from './create-providers.ts'
import { startFakeGemini } from './fake/gemini.ts'
import { startFakeOpenAi } from './fake/openai.ts'

const clock = testClock({ start: new Date('2026-03-04T10:00:00Z') })
const fake = await startFakeOpenAi()
const gemini = await startFakeGemini()
const odd = await startFakeServer(({ path }): FakeReply => {
  if (path.startsWith('/moved')) return { status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } }
  if (path.startsWith('/huge')) return { status: 200, body: 'x'.repeat(9 * 1024 * 1024) }
  if (path.startsWith('/page')) return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }
  return { status: 200, body: { object: 'page', data: 'not a list' } }
})
afterAll(() => Promise.all([fake.close(), gemini.close(), odd.close()]))
afterEach(() => fake.heal())

const range = { from: '2026-03-01', to: '2026-03-02' }
const { openai } = createProviders({ clock, baseUrls: { openai: fake.url } })
const fetchCost = () => openai.fetchCost(fake.keys.full, { range })
const fetchFrom = (path: string) => () =>
  createProviders({ clock, baseUrls: { openai: odd.url + path } }).openai.fetchCost(fake.keys.full, { range })
const failing = (plan: Parameters<typeof fake.fail>[0]) => () => {
  fake.fail(plan)
  return fetchCost()
}

/** Each failure as it really comes. */
const REAL: [name: string, code: ErrorCode, provoke: () => Promise<unknown>][] = [
  ['a key that is refused', 'PROVIDER_KEY_REJECTED', () => openai.fetchCost('sk-unknown-000000000000', { range })],
  [
    'a key of Google’s that is refused with 400',
    'PROVIDER_KEY_REJECTED',
    () => createProviders({ clock, baseUrls: { gemini: gemini.url } }).gemini.validateKey(gemini.keys.revoked),
  ],
  ['a key with too few rights', 'PROVIDER_ACCESS_DENIED', () => openai.fetchCost(fake.keys.limited, { range })],
  [
    'missing scopes that come as 401',
    'PROVIDER_ACCESS_DENIED',
    failing({ kind: 'status', status: 401, body: { error: { message: 'Missing scopes: api.usage.read.' } } }),
  ],
  ['too many requests', 'PROVIDER_RATE_LIMITED', failing({ kind: 'status', status: 429, headers: { 'retry-after': '7' } })],
  ['a service that failed', 'PROVIDER_UNAVAILABLE', failing({ kind: 'status', status: 500 })],
  ['a service that is overloaded', 'PROVIDER_UNAVAILABLE', failing({ kind: 'status', status: 529 })],
  ['the page of a proxy', 'PROVIDER_UNAVAILABLE', failing({ kind: 'html', status: 502 })],
  ['a page in the place of an answer', 'PROVIDER_UNAVAILABLE', fetchFrom('/page')],
  ['an answer of another shape', 'PROVIDER_ANSWER_INVALID', fetchFrom('/malformed')],
  ['an answer that is too large', 'PROVIDER_ANSWER_INVALID', fetchFrom('/huge')],
  ['a redirect to another host', 'PROVIDER_ANSWER_INVALID', fetchFrom('/moved')],
  ['a request that is refused', 'PROVIDER_ANSWER_INVALID', failing({ kind: 'status', status: 404 })],
  ['a line that is cut', 'NETWORK_UNREACHABLE', failing({ kind: 'cut' })],
  ['a reply that is lost', 'NETWORK_UNREACHABLE', failing({ kind: 'lose-reply' })],
]

describe('what providers do instead of answering', () => {
  it.each(REAL)('%s means %s', async (_name, code, provoke) => {
    const error: unknown = await provoke().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Error)
    expect(classify(error).code).toBe(code)
  })

  it('keeps what a provider asked to wait', async () => {
    fake.fail({ kind: 'status', status: 429, headers: { 'retry-after': '7' } })
    await expect(fetchCost()).rejects.toMatchObject({ name: 'ProviderError', statusCode: 429, retryAfterMs: 7000 })
  })

  it('every pattern is met by one of these', async () => {
    const met = new Set<string>()
    for (const [, , provoke] of REAL) {
      const error: unknown = await provoke().catch((caught: unknown) => caught)
      if (!(error instanceof Error)) continue
      const pattern = PROVIDER_PATTERNS.find(({ matches }) => matches(error))
      if (pattern) met.add(pattern.name)
      fake.heal()
    }
    expect([...met].toSorted()).toEqual(PROVIDER_PATTERNS.map(({ name }) => name).toSorted())
  })
})
