import * as z from 'zod/mini'

/** An organization's permanent name in URLs and in the warehouse: 3 to 50 characters. */
export const SLUG_PATTERN = /^[a-z][a-z0-9_]{2,49}$/

const NOT_A_SLUG = 'Use 3 to 50 lower-case letters, digits or underscores, starting with a letter.'

export const slugSchema = z.string(NOT_A_SLUG).check(z.regex(SLUG_PATTERN, NOT_A_SLUG))

/** A valid slug close to a company's name, or '' when the name holds nothing usable. */
export function suggestSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 50)
    .replace(/_+$/, '')
  return SLUG_PATTERN.test(slug) ? slug : ''
}

export const slugAvailabilitySchema = z.object({
  slug: z.string(),
  available: z.boolean(),
  reason: z.nullable(z.enum(['invalid', 'taken', 'reserved'])),
})
export type SlugAvailability = z.infer<typeof slugAvailabilitySchema>
