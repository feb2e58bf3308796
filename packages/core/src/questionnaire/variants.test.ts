import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { describe, expect, it } from 'vitest'
import { seededIds } from '../testing/index.ts'
import { bucketOf, stepsOfVariant, variantOf } from './variants.ts'

const ids = seededIds('variants')
const PEOPLE = Array.from({ length: 20_000 }, () => ids.uuid())
const variants = [
  { id: 'control', weight: 1 },
  { id: 'short', weight: 2 },
  { id: 'off', weight: 0 },
]

function shares(name: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const id of PEOPLE) {
    const variant = variantOf({ name, variants }, id)
    counts[variant] = (counts[variant] ?? 0) + 1 / PEOPLE.length
  }
  return counts
}

describe('the variant of a person', () => {
  it('is spread by the weights, and one of no weight has nobody', () => {
    const { control, short, off } = shares('Shorter questions')
    // Four standard deviations of 20,000 draws are 0.013.
    expect(control).toBeCloseTo(1 / 3, 1.5)
    expect(short).toBeCloseTo(2 / 3, 1.5)
    expect(off).toBeUndefined()
  })

  it('is always the same: the hash is fixed for good', () => {
    const ada = '0e8a4f2c-0f61-4a6e-9d0a-5a1f4a3f1b11'
    expect(bucketOf(ada, 'variant:Shorter questions')).toBe(bucketOf(ada, 'variant:Shorter questions'))
    expect(bucketOf(ada, 'variant:Shorter questions')).toBeCloseTo(0.4633653361401038, 12)
    const again = PEOPLE.slice(0, 500).every(
      (id) => variantOf({ name: 'x', variants }, id) === variantOf({ name: 'x', variants }, id),
    )
    expect(again).toBe(true)
  })

  it('in one experiment says nothing about the variant in another', () => {
    const inBoth = PEOPLE.filter((id) => ['one', 'two'].every((name) => variantOf({ name, variants }, id) === 'short')).length
    expect(inBoth / PEOPLE.length).toBeCloseTo(4 / 9, 1.5)
  })

  it('buckets are within [0, 1)', () => {
    const buckets = PEOPLE.map((id) => bucketOf(id, 'range'))
    expect(Math.min(...buckets)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...buckets)).toBeLessThan(1)
  })

  it('is control where there are no variants, and where no weight is above zero', () => {
    expect(variantOf({ name: 'x', variants: [] }, PEOPLE[0] ?? '')).toBe('control')
    expect(variantOf({ name: 'x', variants: [{ id: 'short', weight: 0 }] }, PEOPLE[0] ?? '')).toBe('control')
  })
})

it('a variant that the manifest does not have asks what control asks', () => {
  const short = BUILT_IN_MANIFEST.steps.slice(0, 2)
  const manifest = {
    ...BUILT_IN_MANIFEST,
    variants: [
      { id: 'control', weight: 1 },
      { id: 'short', weight: 1, steps: short },
    ],
  }
  expect(stepsOfVariant(manifest, 'short')).toEqual(short)
  expect(stepsOfVariant(manifest, 'control')).toEqual(BUILT_IN_MANIFEST.steps)
  expect(stepsOfVariant(manifest, 'gone')).toEqual(BUILT_IN_MANIFEST.steps)
})
