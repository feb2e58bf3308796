import { memoryProvider, testClock } from '@gangway/core/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { providerContract } from '../contracts/provider.contract.ts'
import { createProviders } from './create-providers.ts'
import { startFakeAnthropic } from './fake/anthropic.ts'
import { startFakeGemini } from './fake/gemini.ts'
import { startFakeOpenAi } from './fake/openai.ts'

const clock = testClock({ start: new Date('2026-03-04T10:00:00Z') })
const fakes = { openai: await startFakeOpenAi(), anthropic: await startFakeAnthropic(), gemini: await startFakeGemini() }
afterAll(() => Promise.all(Object.values(fakes).map((fake) => fake.close())))
const baseUrls = { openai: fakes.openai.url, anthropic: fakes.anthropic.url, gemini: fakes.gemini.url }
const providers = createProviders({ clock, baseUrls })

for (const id of ['openai', 'anthropic', 'gemini'] as const) {
  providerContract(`${id}, on its fake`, async () => ({ provider: providers[id], keys: fakes[id].keys }))
}
for (const id of ['openai', 'gemini'] as const) {
  const keyOf = (rights: string) => `${id}-key-for-tests-${rights}`
  const keys = { full: keyOf('full'), limited: keyOf('limited'), revoked: keyOf('revoked') }
  providerContract(`${id}, in memory`, async () => ({ provider: memoryProvider(id), keys }))
}

const day = { from: '2026-03-02', to: '2026-03-02' }

describe('OpenAI', () => {
  it('tells tokens by project and model, and dollars by line item', async () => {
    const { rows } = await providers.openai.fetchUsage(fakes.openai.keys.full, { range: day })
    expect(new Set(rows.map(({ metric }) => metric))).toEqual(
      new Set(['input_tokens', 'output_tokens', 'num_model_requests', 'input_cached_tokens']),
    )
    expect(rows.find(({ metric }) => metric === 'num_model_requests')).toMatchObject({
      unit: 'requests',
      project: 'proj_website',
    })
    const [booked] = fakes.openai.books.on(day.from, ['gpt-5.2'])
    const { rows: costs } = await providers.openai.fetchCost(fakes.openai.keys.full, { range: day })
    expect(costs[0]).toMatchObject({ currency: 'USD', lineItem: 'gpt-5.2, all tokens' })
    expect(Number(costs[0]?.amount)).toBeCloseTo((booked?.cost ?? 0) / 1_000_000, 6)
  })
})

describe('Anthropic', () => {
  it('gives cents as dollars, exactly', async () => {
    const [booked] = fakes.anthropic.books.on(day.from, ['claude-sonnet-4-5'])
    const { rows } = await providers.anthropic.fetchCost(fakes.anthropic.keys.full, { range: day })
    expect(Number(rows[0]?.amount)).toBeCloseTo((booked?.cost ?? 0) / 1_000_000, 6)
    expect(rows[0]).toMatchObject({ dimensions: { cost_type: 'tokens', model: 'claude-sonnet-4-5' } })
  })
})

it('names nobody but the configured address, and sends the key in a header only', () => {
  for (const { requests, keys } of Object.values(fakes)) {
    expect(requests.length).toBeGreaterThan(0)
    for (const { path, query, body } of requests) expect(`${path}?${query.toString()}${body}`).not.toContain(keys.full)
  }
})
