import { decimalText } from '@gangway/core/pipelines'
import type { CostRow, Provider, ReportPage, ReportRequest, UsageRow } from '@gangway/core/ports'
import { z } from 'zod'
import { ask, type Caller, type ProviderSettings } from './ask.ts'
import { dayAfter, dayBefore } from './days.ts'
import { validateByReports } from './validate-by-reports.ts'

const count = z.number().nullish()

/** https://platform.claude.com/docs/en/api/admin/usage_report/retrieve_messages */
const usageResult = z.object({
  uncached_input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count,
  cache_creation: z.object({ ephemeral_1h_input_tokens: count, ephemeral_5m_input_tokens: count }).nullish(),
  server_tool_use: z.object({ web_search_requests: count }).nullish(),
  workspace_id: z.string().nullish(),
  model: z.string().nullish(),
  service_tier: z.string().nullish(),
})
type UsageResult = z.output<typeof usageResult>

/** https://platform.claude.com/docs/en/api/admin/cost_report/retrieve */
const costResult = z.object({
  /** In the smallest unit of the currency, as decimal text: "123.45" is $1.2345. */
  amount: z.string().nullish(),
  currency: z.string(),
  workspace_id: z.string().nullish(),
  description: z.string().nullish(),
  cost_type: z.string().nullish(),
  token_type: z.string().nullish(),
  model: z.string().nullish(),
  service_tier: z.string().nullish(),
  context_window: z.string().nullish(),
})
type CostResult = z.output<typeof costResult>

const COST_DIMENSIONS = ['cost_type', 'token_type', 'model', 'service_tier', 'context_window'] as const

const models = z.object({ data: z.array(z.object({ id: z.string() })) })

export function createAnthropic({ baseUrl, clock }: ProviderSettings): Provider {
  const caller: Caller = {
    provider: 'anthropic',
    baseUrl,
    clock,
    headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  }

  async function fetchPage<Result>(
    question: { path: string; key: string; groupBy: string[] },
    { range, cursor }: ReportRequest,
    result: z.ZodType<Result>,
  ): Promise<{ results: { day: string; result: Result }[]; days: string[]; nextCursor: string | null }> {
    const { data, has_more, next_page } = await ask(caller, {
      path: question.path,
      key: question.key,
      query: {
        starting_at: `${range.from}T00:00:00Z`,
        ending_at: `${dayAfter(range.to)}T00:00:00Z`,
        bucket_width: '1d',
        limit: 31,
        'group_by[]': question.groupBy,
        page: cursor,
      },
      answer: pageOf(result),
    })
    const buckets = data.map(({ starting_at, results }) => ({ day: starting_at.slice(0, 10), results }))
    return {
      results: buckets.flatMap(({ day, results }) => results.map((each) => ({ day, result: each }))),
      days: buckets.map(({ day }) => day),
      nextCursor: has_more ? (next_page ?? null) : null,
    }
  }

  async function fetchUsage(key: string, request: ReportRequest): Promise<ReportPage<UsageRow>> {
    const question = {
      path: '/v1/organizations/usage_report/messages',
      key,
      groupBy: ['workspace_id', 'model', 'service_tier'],
    }
    const { results, ...page } = await fetchPage(question, request, usageResult)
    return { ...page, rows: results.flatMap(usageRows) }
  }

  async function fetchCost(key: string, request: ReportRequest): Promise<ReportPage<CostRow>> {
    const question = { path: '/v1/organizations/cost_report', key, groupBy: ['workspace_id', 'description'] }
    const { results, ...page } = await fetchPage(question, request, costResult)
    return { ...page, rows: results.map(costRow) }
  }

  return {
    id: 'anthropic',
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
    data: z.array(z.object({ starting_at: z.iso.datetime({ offset: true }), results: z.array(result) })),
    has_more: z.boolean(),
    next_page: z.string().nullish(),
  })
}

function usageRows({ day, result }: { day: string; result: UsageResult }): UsageRow[] {
  const dimensions = given({ service_tier: result.service_tier })
  const shared = { day, project: result.workspace_id ?? null, model: result.model ?? null, dimensions }
  const tokens = (metric: string, value: number | null | undefined): UsageRow => ({
    ...shared,
    metric,
    unit: 'tokens',
    quantity: value === null || value === undefined ? null : decimalText(value),
  })
  const sometimes = Object.entries({
    cache_read_input_tokens: result.cache_read_input_tokens,
    cache_creation_1h_input_tokens: result.cache_creation?.ephemeral_1h_input_tokens,
    cache_creation_5m_input_tokens: result.cache_creation?.ephemeral_5m_input_tokens,
  })
  const searches = result.server_tool_use?.web_search_requests
  return [
    tokens('uncached_input_tokens', result.uncached_input_tokens),
    tokens('output_tokens', result.output_tokens),
    ...sometimes.flatMap(([metric, value]) => (value ? [tokens(metric, value)] : [])),
    ...(searches ? [{ ...tokens('web_search_requests', searches), unit: 'requests' as const }] : []),
  ]
}

function costRow({ day, result }: { day: string; result: CostResult }): CostRow {
  return {
    day,
    project: result.workspace_id ?? null,
    lineItem: result.description ?? null,
    amount: wholeUnits(result.amount),
    currency: result.currency.toUpperCase(),
    dimensions: given(Object.fromEntries(COST_DIMENSIONS.map((name) => [name, result[name]]))),
  }
}

function wholeUnits(cents: string | null | undefined): string | null {
  return cents === null || cents === undefined ? null : decimalText(`${cents}e-2`)
}

function given(values: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
