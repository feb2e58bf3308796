import { describe, expect, test } from 'vitest'
import { CHOOSABLE, columnsFor, DEFAULT_COLUMNS, MOST_COLUMNS } from './columns.tsx'

describe('columns of answers', () => {
  test('keep their order, whatever the order they were chosen in, after the person', () => {
    const headings = columnsFor(['completed', 'work.team', 'company', 'gone']).map(({ heading }) => heading)
    expect(headings).toEqual(['Person', 'Company', 'Completed', 'Team'])
  })

  test('share the whole width', () => {
    for (const chosen of [[], DEFAULT_COLUMNS, CHOOSABLE.map(({ id }) => id)]) {
      const columns = columnsFor(chosen)
      const whole = columns.reduce((sum, { width }) => sum + Number.parseInt(width), 0)
      expect(Math.abs(whole - 100)).toBeLessThanOrEqual(columns.length / 2)
      expect(columns.length).toBeLessThanOrEqual(MOST_COLUMNS + 1)
    }
  })

  test('have headings of their own, as a table tells them apart by these', () => {
    const headings = ['Person', ...CHOOSABLE.map(({ heading }) => heading)]
    expect(new Set(headings).size).toBe(headings.length)
  })
})
