import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slugSchema, suggestSlug } from './slug.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const ALLOWED = `${LETTERS}0123456789_`

/** The rule, letter by letter. */
function isSlug(text: string): boolean {
  const letters = text.split('')
  return (
    letters.length >= 3 &&
    letters.length <= 50 &&
    LETTERS.includes(letters[0] ?? '?') &&
    letters.every((letter) => ALLOWED.includes(letter))
  )
}

const slugs = fc
  .tuple(
    fc.constantFrom(...LETTERS.split('')),
    fc.string({ unit: fc.constantFrom(...ALLOWED.split('')), minLength: 2, maxLength: 49 }),
  )
  .map(([first, rest]) => first + rest)
const near = fc
  .tuple(slugs, fc.nat(50), fc.string({ unit: 'binary', maxLength: 2 }))
  .map(([slug, at, odd]) => slug.slice(0, at) + odd + slug.slice(at))
const long = fc.string({ unit: fc.constantFrom('a', '1', ' ', '_'), minLength: 45, maxLength: 60 })
const anything = fc.oneof(
  slugs,
  near,
  long,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
)

describe('slugSchema', () => {
  it('takes exactly what the rule says', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(slugSchema.safeParse(text).success).toBe(isSlug(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes every slug, and none with a line’s end after it', () => {
    fc.assert(
      fc.property(slugs, (slug) => {
        expect(slugSchema.parse(slug)).toBe(slug)
        expect(slugSchema.safeParse(`${slug}\n`).success).toBe(false)
      }),
    )
  })
})

describe('suggestSlug', () => {
  it('suggests a slug or nothing, whatever a company is called', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const slug = suggestSlug(name)
        expect(slug === '' || isSlug(slug)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves its own suggestion as it is', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const slug = suggestSlug(name)
        expect(suggestSlug(slug)).toBe(slug)
      }),
      { numRuns: 2000 },
    )
  })

  it('finds something for a name with three letters in a row', () => {
    const name = fc.tuple(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom('Acme', 'ÅÄÖ', 'zzz'),
      fc.string({ maxLength: 10 }),
    )
    fc.assert(
      fc.property(name, (parts) => {
        expect(suggestSlug(parts.join(' '))).not.toBe('')
      }),
    )
  })
})
