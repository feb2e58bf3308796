import { expect, test } from 'vitest'
import { percent, points } from './share-text.ts'

test('shares and their differences', () => {
  expect([percent(0.4211), percent(1), percent(1 / 3, 0)]).toEqual(['42.1%', '100.0%', '33%'])
  expect([points(0.0523), points(-0.1), points(0.0001)]).toEqual(['+5.2', '−10.0', '0.0'])
})
