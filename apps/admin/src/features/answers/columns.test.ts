import { BUILT_IN_LABELS } from '@gangway/schemas/answer-labels'
import { describe, expect, test } from 'vitest'
import { choosable, columnsFor, DEFAULT_COLUMNS, MOST_COLUMNS } from './columns.tsx'

describe('columns of answers', () => {
  test('keep their order, whatever the order they were chosen in, after the person', () => {
    const headings = columnsFor(['completed', 'work.team', 'company', 'gone'], BUILT_IN_LABELS).map(({ heading }) => heading)
    expect(headings).toEqual(['Person', 'Company', 'Completed', 'Team'])
  })

  test('share the whole width', () => {
    for (const chosen of [[], DEFAULT_COLUMNS, choosable(BUILT_IN_LABELS).map(({ id }) => id)]) {
      const columns = columnsFor(chosen, BUILT_IN_LABELS)
      const whole = columns.reduce((sum, { width }) => sum + Number.parseInt(width), 0)
      expect(Math.abs(whole - 100)).toBeLessThanOrEqual(columns.length / 2)
      expect(columns.length).toBeLessThanOrEqual(MOST_COLUMNS + 1)
    }
  })

  test('have headings of their own, as a table tells them apart by these', () => {
    const field = (name: string, label: string) => ({ name, label, options: [] })
    const billing = {
      id: 'billing',
      title: 'Billing',
      fields: [field('vat', 'VAT'), field('plan', 'Plan'), field('tax', 'Team')],
    }
    for (const labels of [BUILT_IN_LABELS, [...BUILT_IN_LABELS, billing]]) {
      const headings = ['Person', ...choosable(labels).map(({ heading }) => heading)]
      expect(new Set(headings).size).toBe(headings.length)
    }
    const added = choosable([...BUILT_IN_LABELS, billing]).filter(({ group }) => group === 'Billing')
    expect(added.map(({ heading }) => heading)).toEqual(['VAT', 'Plan (billing.plan)', 'Team (billing.tax)'])
  })
})
