import type { FunnelVariant } from '@gangway/schemas/funnel'
import { expect, test } from 'vitest'
import { linesOf } from './variant-lines.ts'

function variant(key: string, started: number, completed: Record<string, number>): FunnelVariant {
  const people = { started, completed: 3, checkout_started: 2, provisioned: 2, key_revealed: 2, first_value: 1 }
  const steps = Object.entries(completed).map(([step, count]) => ({
    ...{ step, title: `The ${step}`, viewed: started, completed: count, skipped: 0, time: null },
  }))
  return { key, people, steps, timeToFirstValue: started > 9 ? { median: 60, p90: 90 } : null }
}

test('a step that one variant does not ask has nobody there', () => {
  const lines = linesOf([variant('control', 10, { work: 9, tools: 8 }), variant('short', 8, { work: 7 })])
  expect(lines.map((line) => [line.label, line.kind === 'time' ? line.spreads : line.people])).toEqual([
    ['Started', [10, 8]],
    ['The work: completed', [9, 7]],
    ['The tools: completed', [8, 0]],
    ['Completed the questionnaire', [3, 3]],
    ['Got to checkout', [2, 2]],
    ['Provisioned', [2, 2]],
    ['Revealed the key', [2, 2]],
    ['First value', [1, 1]],
    ['Median time to first value', [{ median: 60, p90: 90 }, null]],
  ])
})
