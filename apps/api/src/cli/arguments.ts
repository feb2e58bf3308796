import { InvalidArgumentError } from 'commander'
import { z } from 'zod'

/** Parsers of what is typed. What they refuse is wrong usage: commander says so and the command ends with 2. */
function parsedBy<Schema extends z.ZodType>(schema: Schema, expected: string): (text: string) => z.output<Schema> {
  return (text) => {
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    throw new InvalidArgumentError(`Expected ${expected}.`)
  }
}

export const uuidArgument = parsedBy(z.uuid(), 'an id such as 6f1c3b0e-8a1f-4a57-9d0b-2f3a1c9e7d55')
export const emailArgument = parsedBy(z.string().trim().toLowerCase().pipe(z.email().max(254)), 'an e-mail address')
export const momentArgument = parsedBy(
  z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((text) => new Date(text)),
  'a day or a time with its zone, such as 2026-01-31T09:00:00Z',
)
export const countArgument = parsedBy(z.coerce.number().int().min(1).max(100_000), 'a number from 1 to 100000')
export const daysArgument = parsedBy(z.coerce.number().int().min(1).max(365), 'a number of days from 1 to 365')
