import { z } from 'zod'
import type { FakeReply, FakeRequest } from '../../fake-server/fake-server.ts'
import { dayAfter, dayOf, unixOf } from '../days.ts'
import type { UsageEntry } from './books.ts'
import { dayPage } from './day-pages.ts'
import { type FakePart, type FakeProvider, type FakeProviderOptions, startFakeProvider } from './fake-provider.ts'

const MODELS = ['gpt-5.2', 'gpt-5.2-mini']

function refusal(status: number, message: string, code: string | null = null): FakeReply {
  return { status, body: { error: { message, type: 'invalid_request_error', param: null, code } } }
}

const midnight = z.coerce
  .number()
  .int()
  .refine((at) => at % 86_400 === 0, 'must be midnight UTC')

const parameters = z.strictObject({
  start_time: midnight,
  end_time: midnight,
  bucket_width: z.literal('1d'),
  limit: z.coerce.number().int().min(1).max(31),
  group_by: z.array(z.enum(['project_id', 'model', 'line_item'])),
  page: z.string().optional(),
})

const REPORTS = {
  '/v1/organization/usage/completions': { groupBy: ['project_id', 'model'], results: usage },
  '/v1/organization/costs': { groupBy: ['project_id', 'line_item'], results: costs },
}

const part: FakePart = {
  keys: {
    full: 'sk-admin-fake-0000000000000000good',
    limited: 'sk-proj-fake-00000000000000limited',
    revoked: 'sk-admin-fake-0000000000000revoked',
  },
  notFound: refusal(404, 'Invalid URL', 'unknown_url'),
  keyOf: ({ headers }) => /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1],
  answer(request, { rights, books, daysPerPage }) {
    if (rights === undefined || rights === 'revoked') return refusal(401, 'Incorrect API key provided.', 'invalid_api_key')
    if (request.path === '/v1/models') {
      // Admin keys administrate, and nothing else.
      if (rights === 'full') return refusal(403, 'You have insufficient permissions. Missing scopes: api.model.read.')
      return { status: 200, body: { object: 'list', data: MODELS.map((id) => ({ id, object: 'model', owned_by: 'openai' })) } }
    }
    const report = Object.entries(REPORTS).find(([path]) => path === request.path)?.[1]
    if (!report) return undefined
    if (rights === 'limited') return refusal(403, 'You have insufficient permissions. Missing scopes: api.usage.read.')
    const query = parameters.safeParse(readQuery(request))
    if (!query.success) return refusal(400, query.error.message)
    const { start_time, end_time, limit, page = null, group_by } = query.data
    if (String(group_by) !== String(report.groupBy)) return refusal(400, `Cannot group by ${String(group_by)}`)
    const range = { from: dayOf(new Date(start_time * 1000)), before: dayOf(new Date(end_time * 1000)) }
    const found = dayPage(range, { limit: Math.min(limit, daysPerPage), cursor: page })
    if (!found) return refusal(400, 'Invalid page')
    const data = found.days.map((day) => ({
      object: 'bucket',
      start_time: unixOf(day),
      end_time: unixOf(dayAfter(day)),
      results: books.on(day, MODELS).map(report.results),
    }))
    return { status: 200, body: { object: 'page', data, has_more: found.nextCursor !== null, next_page: found.nextCursor } }
  },
}

function readQuery({ query }: FakeRequest): Record<string, unknown> {
  return { ...Object.fromEntries(query), group_by: query.getAll('group_by') }
}

function usage({ project, model, input, cached, output, requests }: UsageEntry): Record<string, unknown> {
  return {
    object: 'organization.usage.completions.result',
    ...{ project_id: project, user_id: null, api_key_id: null, model, batch: null, service_tier: null },
    ...{ input_tokens: input, input_cached_tokens: cached, output_tokens: output, num_model_requests: requests },
    ...{ input_audio_tokens: 0, output_audio_tokens: 0 },
  }
}

function costs({ project, model, cost }: UsageEntry): Record<string, unknown> {
  const amount = { value: cost / 1_000_000, currency: 'usd' }
  return { object: 'organization.costs.result', amount, line_item: `${model}, all tokens`, project_id: project }
}

export function startFakeOpenAi(options?: FakeProviderOptions): Promise<FakeProvider> {
  return startFakeProvider(part, options)
}
