import { decimalText } from '@gangway/core/pipelines'
import type { CostRow, Provider, ReportPage, ReportRequest, UsageRow } from '@gangway/core/ports'
import { z } from 'zod'
import { ask, type Caller, type ProviderSettings, type Question } from './ask.ts'
import { dayAfter, dayBefore, dayOf, unixOf } from './days.ts'
import { validateByReports } from './validate-by-reports.ts'

const count = z.number().nullish()

/** https://platform.openai.com/docs/api-reference/usage/completions_object */
const usageResult = z.object({
  object: z.literal('organization.usage.completions.result'),
  project_id: z.string().nullish(),
  model: z.string().nullish(),
  input_tokens: count,
  output_tokens: count,
  input_cached_tokens: count,
  input_audio_tokens: count,
  output_audio_tokens: count,
  num_model_requests: count,
})
type UsageResult = z.output<typeof usageResult>

/** https://platform.openai.com/docs/api-reference/usage/costs_object */
const costResult = z.object({
  object: z.literal('organization.costs.result'),
  project_id: z.string().nullish(),
  line_item: z.string().nullish(),
  amount: z.object({ value: z.union([z.number(), z.string()]).nullish(), currency: z.string() }),
})

const models = z.object({ object: z.literal('list'), data: z.array(z.object({ id: z.string() })) })

/** Which permission was missing is only in the text, and the status is now 401, now 403. */
const missingScopes = z.object({ error: z.object({ message: z.string().regex(/missing scopes/i) }) })

export function createOpenAi({ baseUrl, clock }: ProviderSettings): Provider {
  const caller: Caller = {
    provider: 'openai',
    baseUrl,
    clock,
    headers: (key) => ({ authorization: `Bearer ${key}` }),
    reasonOf: (_status, body) => (missingScopes.safeParse(body).success ? 'forbidden' : undefined),
  }

  async function fetchPage<Result>(
    question: Pick<Question<unknown>, 'path' | 'key'> & { groupBy: string[] },
    { range, cursor }: ReportRequest,
    result: z.ZodType<Result>,
  ): Promise<{ results: { day: string; result: Result }[]; days: string[]; nextCursor: string | null }> {
    const { data, has_more, next_page } = await ask(caller, {
      ...question,
      query: {
        start_time: unixOf(range.from),
        end_time: unixOf(dayAfter(range.to)),
        bucket_width: '1d',
        limit: 31,
        group_by: question.groupBy,
        page: cursor,
      },
      answer: pageOf(result),
    })
    const buckets = data.map(({ start_time, results }) => ({ day: dayOf(new Date(start_time * 1000)), results }))
    return {
      results: buckets.flatMap(({ day, results }) => results.map((each) => ({ day, result: each }))),
      days: buckets.map(({ day }) => day),
      nextCursor: has_more ? (next_page ?? null) : null,
    }
  }

  async function fetchUsage(key: string, request: ReportRequest): Promise<ReportPage<UsageRow>> {
    const question = { path: '/v1/organization/usage/completions', key, groupBy: ['project_id', 'model'] }
    const { results, ...page } = await fetchPage(question, request, usageResult)
    return { ...page, rows: results.flatMap(usageRows) }
  }

  async function fetchCost(key: string, request: ReportRequest): Promise<ReportPage<CostRow>> {
    const question = { path: '/v1/organization/costs', key, groupBy: ['project_id', 'line_item'] }
    const { results, ...page } = await fetchPage(question, request, costResult)
    return { ...page, rows: results.map(costRow) }
  }

  return {
    id: 'openai',
    fetchUsage,
    fetchCost,
    validateKey(key) {
      const yesterday = dayBefore(clock.now())
      return validateByReports({
        report: () => fetchCost(key, { range: { from: yesterday, to: yesterday } }),
        models: () => ask(caller, { path: '/v1/models', key, answer: models }),
      })
    },
  }
}

function pageOf<Result>(result: z.ZodType<Result>) {
  return z.object({
    object: z.literal('page'),
    data: z.array(z.object({ object: z.literal('bucket'), start_time: z.number().int(), results: z.array(result) })),
    has_more: z.boolean(),
    next_page: z.string().nullish(),
  })
}

function usageRows({ day, result }: { day: string; result: UsageResult }): UsageRow[] {
  const shared = { day, project: result.project_id ?? null, model: result.model ?? null, dimensions: {} }
  const tokens = (metric: string, value: number | null | undefined): UsageRow => ({
    ...shared,
    metric,
    unit: 'tokens',
    quantity: value === null || value === undefined ? null : decimalText(value),
  })
  const { input_cached_tokens, input_audio_tokens, output_audio_tokens } = result
  const sometimes = Object.entries({ input_cached_tokens, input_audio_tokens, output_audio_tokens })
  return [
    tokens('input_tokens', result.input_tokens),
    tokens('output_tokens', result.output_tokens),
    { ...tokens('num_model_requests', result.num_model_requests), unit: 'requests' },
    ...sometimes.flatMap(([metric, value]) => (value ? [tokens(metric, value)] : [])),
  ]
}

function costRow({ day, result }: { day: string; result: z.output<typeof costResult> }): CostRow {
  const { value, currency } = result.amount
  return {
    day,
    project: result.project_id ?? null,
    lineItem: result.line_item ?? null,
    amount: value === null || value === undefined ? null : decimalText(value),
    currency: currency.toUpperCase(),
    dimensions: {},
  }
}
