import { describe, expect, it } from 'vitest'
import { results } from './experiments.ts'
import { difference, wilson } from './newcombe.ts'

describe('the interval of a difference', () => {
  // Newcombe (1998), table II, row 10: the examples (a) to (h) of the paper.
  it.each([
    [
      [56, 70],
      [48, 80],
      [0.0524, 0.3339],
    ],
    [
      [9, 10],
      [3, 10],
      [0.1705, 0.809],
    ],
    [
      [6, 7],
      [2, 7],
      [0.0582, 0.8062],
    ],
    [
      [5, 56],
      [0, 29],
      [-0.0381, 0.1926],
    ],
    [
      [0, 10],
      [0, 20],
      [-0.1611, 0.2775],
    ],
    [
      [0, 10],
      [0, 10],
      [-0.2775, 0.2775],
    ],
    [
      [10, 10],
      [0, 20],
      [0.6791, 1],
    ],
    [
      [10, 10],
      [0, 10],
      [0.6075, 1],
    ],
  ])('%j against %j', ([count = 0, of = 1], [otherCount = 0, otherOf = 1], [low = 0, high = 0]) => {
    const found = difference({ count, of }, { count: otherCount, of: otherOf })
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
    expect(found.value).toBeCloseTo(count / of - otherCount / otherOf, 12)
  })

  it('of a share stays between none and all', () => {
    expect(wilson({ count: 0, of: 3 }).low).toBe(0)
    expect(wilson({ count: 3, of: 3 }).high).toBe(1)
    expect(wilson({ count: 81, of: 263 })).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) })
  })
})

describe('the results of an experiment', () => {
  const variants = [
    { id: 'short', weight: 3 },
    { id: 'control', weight: 1 },
  ]

  it('say nothing with too few people, and something with enough', () => {
    const few = results(variants, [
      { variant: 'control', exposed: 500, completed: 250 },
      { variant: 'short', exposed: 49, completed: 49 },
    ])
    expect(few.map(({ variant, share, verdict }) => [variant, share, verdict])).toEqual([
      ['control', 0.25, 'control'],
      ['short', 0.75, 'not-enough-data'],
    ])
    const verdict = (completed: number) =>
      results(variants, [
        { variant: 'control', exposed: 500, completed: 250 },
        { variant: 'short', exposed: 500, completed },
      ])[1]?.verdict
    expect([200, 240, 260, 300].map(verdict)).toEqual(['worse', 'unclear', 'unclear', 'better'])
  })

  it('show a variant without anybody, and one that is gone', () => {
    const found = results(variants, [{ variant: 'gone', exposed: 2, completed: 1 }])
    expect(found.map(({ variant, exposed, completion }) => [variant, exposed, completion === null])).toEqual([
      ['control', 0, true],
      ['short', 0, true],
      ['gone', 2, false],
    ])
  })
})
