import { classify } from '@gangway/core/errors'
import { decimalText } from '@gangway/core/pipelines'
import type { CostRow, Provider, ReportPage, ReportRequest, UsageRow } from '@gangway/core/ports'
import { PROVIDERS } from '@gangway/schemas/integrations'
import { beforeAll, describe, expect, it } from 'vitest'

export interface ProviderUnderTest {
  provider: Provider
  /** One that may do everything, one that may not read the reports, one that was revoked. */
  keys: { full: string; limited: string; revoked: string }
}

/** 12 days, so that there is more than one page. */
const RANGE = { from: '2026-02-20', to: '2026-03-03' }
const DAYS = ['20', '21', '22', '23', '24', '25', '26', '27', '28'].map((day) => `2026-02-${day}`)
const ALL_DAYS = [...DAYS, '2026-03-01', '2026-03-02', '2026-03-03']

/** What everybody must do whose usage and cost we fetch. */
export function providerContract(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`${name} keeps the contract of providers`, () => {
    let subject: ProviderUnderTest
    beforeAll(async () => {
      subject = await open()
    })
    const reports = () => PROVIDERS[subject.provider.id].reports

    it('takes a key that is good', async () => {
      expect(await subject.provider.validateKey(subject.keys.full)).toBeUndefined()
    })

    it('tells a key that is refused from one with too few rights', async () => {
      const { provider, keys } = subject
      expect(await codeOf(provider.validateKey(keys.revoked))).toBe('PROVIDER_KEY_REJECTED')
      expect(await codeOf(provider.validateKey('a-key-that-nobody-ever-gave-out'))).toBe('PROVIDER_KEY_REJECTED')
      expect(await codeOf(provider.validateKey(keys.limited))).toBe('PROVIDER_ACCESS_DENIED')
    })

    it('never shows the key in an error', async () => {
      const { provider, keys } = subject
      const error: unknown = await provider.validateKey(keys.revoked).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(Error)
      expect(JSON.stringify(error) + String(error)).not.toContain(keys.revoked)
    })

    it('tells of every day once, page by page, with rows that differ and numbers that are numbers', async () => {
      const { provider, keys } = subject
      if (!reports().usage) {
        expect(await codeOf(provider.fetchUsage(keys.full, { range: RANGE }))).toBe('PROVIDER_WITHOUT_REPORTS')
        return
      }
      const { pages, rows, days } = await all((request) => provider.fetchUsage(keys.full, request))
      expect(pages).toBeGreaterThan(1)
      expect(days).toEqual(ALL_DAYS)
      expect(rows.length).toBeGreaterThan(0)
      expect(new Set(rows.map(identityOfUsage)).size).toBe(rows.length)
      for (const { day, quantity } of rows) {
        expect(ALL_DAYS).toContain(day)
        expect(quantity).toBe(decimalText(quantity ?? 'null'))
      }
    })

    it('tells the same of cost', async () => {
      const { provider, keys } = subject
      if (!reports().cost) {
        expect(await codeOf(provider.fetchCost(keys.full, { range: RANGE }))).toBe('PROVIDER_WITHOUT_REPORTS')
        return
      }
      const { pages, rows, days } = await all((request) => provider.fetchCost(keys.full, request))
      expect(pages).toBeGreaterThan(1)
      expect(days).toEqual(ALL_DAYS)
      expect(new Set(rows.map(identityOfCost)).size).toBe(rows.length)
      for (const { amount, currency } of rows) {
        expect(amount).toBe(decimalText(amount ?? 'null'))
        expect(currency).toMatch(/^[A-Z]{3}$/)
      }
    })

    it('answers a repeat alike', async () => {
      const { provider, keys } = subject
      if (!reports().usage) return expect(reports().cost).toBe(false)
      const ask = () => all((request) => provider.fetchUsage(keys.full, request))
      expect(await ask()).toEqual(await ask())
    })

    it('shows no report to a key that may not read it', async () => {
      const { provider, keys } = subject
      const refusals = ['PROVIDER_KEY_REJECTED', 'PROVIDER_ACCESS_DENIED', 'PROVIDER_WITHOUT_REPORTS']
      expect(refusals).toContain(await codeOf(provider.fetchUsage(keys.limited, { range: RANGE })))
      expect(refusals).toContain(await codeOf(provider.fetchCost(keys.revoked, { range: RANGE })))
    })
  })
}

function identityOfUsage({ day, project, model, metric, dimensions }: UsageRow): string {
  return JSON.stringify([day, project, model, metric, dimensions])
}

function identityOfCost({ day, project, lineItem, currency, dimensions }: CostRow): string {
  return JSON.stringify([day, project, lineItem, currency, dimensions])
}

async function all<Row>(fetchPage: (request: ReportRequest) => Promise<ReportPage<Row>>) {
  const rows: Row[] = []
  const days: string[] = []
  let pages = 0
  let cursor: string | undefined
  do {
    const page: ReportPage<Row> = await fetchPage({ range: RANGE, cursor })
    rows.push(...page.rows)
    days.push(...page.days)
    pages += 1
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && pages < 50)
  return { rows, days, pages }
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => classify(error).code,
  )
}
