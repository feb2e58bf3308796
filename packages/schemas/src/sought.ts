import { z } from 'zod'

// What lists are filtered by. Nothing that is stored can be outside of these, and the database would refuse to look for it.

/** A text without NUL and without half a character, trimmed. */
export function soughtText(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'There is something in it that is no character.')
}

/** A time of the years 1 to 9999. */
export const soughtTimeSchema = z
  .date()
  .min(new Date('0001-01-01T00:00:00Z'), 'This is before the year 1.')
  .max(new Date('9999-12-31T23:59:59.999Z'), 'This is after the year 9999.')
