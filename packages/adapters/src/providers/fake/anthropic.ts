import { z } from 'zod'
import type { FakeReply, FakeRequest } from '../../fake-server/fake-server.ts'
import { dayAfter } from '../days.ts'
import type { UsageEntry } from './books.ts'
import { dayPage } from './day-pages.ts'
import { type FakePart, type FakeProvider, type FakeProviderOptions, startFakeProvider } from './fake-provider.ts'

const MODELS = ['claude-sonnet-4-5', 'claude-haiku-4-5']

function refusal(status: number, type: string, message: string): FakeReply {
  return { status, body: { type: 'error', error: { type, message } } }
}

const midnight = z.string().regex(/^\d{4}-\d\d-\d\dT00:00:00Z$/)

const parameters = z.strictObject({
  starting_at: midnight,
  ending_at: midnight,
  bucket_width: z.literal('1d'),
  limit: z.coerce.number().int().min(1).max(31),
  'group_by[]': z.array(z.enum(['workspace_id', 'model', 'service_tier', 'description'])),
  page: z.string().startsWith('page_').optional(),
})

const REPORTS = {
  '/v1/organizations/usage_report/messages': { groupBy: ['workspace_id', 'model', 'service_tier'], results: usage },
  '/v1/organizations/cost_report': { groupBy: ['workspace_id', 'description'], results: costs },
}

const part: FakePart = {
  keys: {
    full: 'sk-ant-admin01-fake-0000000000good',
    limited: 'sk-ant-api03-fake-00000000000limited',
    revoked: 'sk-ant-admin01-fake-000000revoked',
  },
  notFound: refusal(404, 'not_found_error', 'Not found'),
  keyOf: ({ headers }) => headers['x-api-key'],
  answer(request, { rights, books, daysPerPage }) {
    if (request.headers['anthropic-version'] !== '2023-06-01')
      return refusal(400, 'invalid_request_error', 'anthropic-version: header is required')
    if (rights === undefined || rights === 'revoked') return refusal(401, 'authentication_error', 'invalid x-api-key')
    if (request.path === '/v1/models') {
      if (rights === 'full') return refusal(401, 'authentication_error', 'invalid x-api-key')
      const data = MODELS.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-10-01T00:00:00Z' }))
      return { status: 200, body: { data, has_more: false, first_id: MODELS.at(0), last_id: MODELS.at(-1) } }
    }
    const report = Object.entries(REPORTS).find(([path]) => path === request.path)?.[1]
    if (!report) return undefined
    // Keys that are not for administration are refused as if they were none.
    if (rights === 'limited') return refusal(401, 'authentication_error', 'invalid x-api-key')
    const query = parameters.safeParse(readQuery(request))
    if (!query.success) return refusal(400, 'invalid_request_error', query.error.message)
    const { starting_at, ending_at, limit, page = null } = query.data
    if (String(query.data['group_by[]']) !== String(report.groupBy)) return refusal(400, 'invalid_request_error', 'group_by')
    const range = { from: starting_at.slice(0, 10), before: ending_at.slice(0, 10) }
    const found = dayPage(range, { limit: Math.min(limit, daysPerPage), cursor: page })
    if (!found) return refusal(400, 'invalid_request_error', 'page: Invalid value')
    const data = found.days.map((day) => ({
      starting_at: `${day}T00:00:00Z`,
      ending_at: `${dayAfter(day)}T00:00:00Z`,
      results: books.on(day, MODELS).map(report.results),
    }))
    return { status: 200, body: { data, has_more: found.nextCursor !== null, next_page: found.nextCursor } }
  },
}

function readQuery({ query }: FakeRequest): Record<string, unknown> {
  return { ...Object.fromEntries(query), 'group_by[]': query.getAll('group_by[]') }
}

function usage({ project, model, input, cached, output }: UsageEntry): Record<string, unknown> {
  return {
    ...{ uncached_input_tokens: input - cached, cache_read_input_tokens: cached, output_tokens: output },
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 120 },
    server_tool_use: { web_search_requests: 0 },
    ...{ api_key_id: null, workspace_id: project, model, service_tier: 'standard', context_window: null },
  }
}

function costs({ project, model, cost }: UsageEntry): Record<string, unknown> {
  return {
    ...{ currency: 'USD', amount: String(cost / 10_000), workspace_id: project, description: `${model} Usage - All Tokens` },
    ...{ cost_type: 'tokens', context_window: '0-200k', model, service_tier: 'standard', token_type: 'output_tokens' },
  }
}

export function startFakeAnthropic(options?: FakeProviderOptions): Promise<FakeProvider> {
  return startFakeProvider(part, options)
}
