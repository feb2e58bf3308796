import { z } from 'zod'
import { soughtTimeSchema } from '../sought.ts'

/** A moment as it is answered: UTC, with milliseconds. */
export const restTimeSchema = z.iso.datetime()

/** A moment as it is asked for: with `Z` or an offset. */
export const restMomentSchema = z.iso
  .datetime({ offset: true, error: 'Use a time with its zone, such as 2026-01-31T09:00:00Z.' })
  .transform((text) => new Date(text))
  .pipe(soughtTimeSchema)
