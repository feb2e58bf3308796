import { PROVIDERS, type ProviderId } from '@gangway/schemas/integrations'
import { GangwayError } from '../errors/gangway-error.ts'
import type { CostRow, Provider, Providers, ReportPage, ReportRequest, UsageRow } from '../ports/provider.ts'
import { faultPoints, type Faults } from './faults.ts'

type Method = 'validateKey' | 'fetchUsage' | 'fetchCost'

export interface MemoryProvider extends Provider, Faults<Method> {
  /** `limited` may do everything but read the reports. A key can be moved from one to another. */
  rights: Map<string, 'full' | 'limited' | 'revoked'>
  /** What is told of a day: assign to have it told otherwise. */
  usageOn(day: string): UsageRow[]
  costOn(day: string): CostRow[]
}

const DAY_MS = 24 * 60 * 60 * 1000
const DAYS_PER_PAGE = 3

/** A provider that knows the keys `<id>-key-full`, `-limited` and `-revoked` and tells of two rows a day. */
export function memoryProvider(id: ProviderId = 'openai'): MemoryProvider {
  const { around, ...faults } = faultPoints<Method>()
  const provider: MemoryProvider = {
    ...faults,
    id,
    rights: new Map([
      [`${id}-key-for-tests-full`, 'full'],
      [`${id}-key-for-tests-limited`, 'limited'],
      [`${id}-key-for-tests-revoked`, 'revoked'],
    ]),
    usageOn: (day) => [usageRow(day, 'input_tokens', '1200'), usageRow(day, 'output_tokens', '340')],
    costOn: (day) => [{ day, project: 'p1', lineItem: 'm1', amount: '1.25', currency: 'USD', dimensions: {} }],
    validateKey: (key) => around('validateKey', async () => admit(key)),
    fetchUsage: (key, request) => around('fetchUsage', async () => report(key, request, provider.usageOn)),
    fetchCost: (key, request) => around('fetchCost', async () => report(key, request, provider.costOn)),
  }
  return provider

  function admit(key: string): void {
    const rights = provider.rights.get(key)
    if (rights === 'limited') throw new GangwayError('PROVIDER_ACCESS_DENIED')
    if (rights !== 'full') throw new GangwayError('PROVIDER_KEY_REJECTED')
  }

  function report<Row>(key: string, { range, cursor }: ReportRequest, rowsOn: (day: string) => Row[]): ReportPage<Row> {
    if (!PROVIDERS[id].reports.usage) throw new GangwayError('PROVIDER_WITHOUT_REPORTS')
    admit(key)
    const all: string[] = []
    for (let at = Date.parse(cursor ?? range.from); at <= Date.parse(range.to); at += DAY_MS) {
      all.push(new Date(at).toISOString().slice(0, 10))
    }
    const days = all.slice(0, DAYS_PER_PAGE)
    return { days, rows: days.flatMap(rowsOn), nextCursor: all[DAYS_PER_PAGE] ?? null }
  }
}

export type MemoryProviders = Providers & Record<ProviderId, MemoryProvider>

export function memoryProviders(): MemoryProviders {
  return { openai: memoryProvider('openai'), anthropic: memoryProvider('anthropic'), gemini: memoryProvider('gemini') }
}

function usageRow(day: string, metric: string, quantity: string): UsageRow {
  return { day, project: 'p1', model: 'm1', metric, quantity, unit: 'tokens', dimensions: {} }
}
