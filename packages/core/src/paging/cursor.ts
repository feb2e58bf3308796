import { createHash } from 'node:crypto'
import { z } from 'zod'
import { GangwayError } from '../errors/index.ts'
import { canonicalJson } from '../questionnaire/canonical.ts'

export interface KeysetCursor<Position> {
  /** An opaque text that goes on after `position`, and only with the filter it was made for. Other fields of a row stay out. */
  encode(position: Position, filter: Filter): string
  /** Throws INPUT_INVALID for whatever `encode` has not made for this filter. */
  decode(cursor: string, filter: Filter): Position
}

/** Lists are sets of what is wanted: their order says nothing, and an empty one is no filter. */
type Filter = Readonly<Record<string, unknown>>

export function keysetCursor<Position>(position: z.ZodType<Position>): KeysetCursor<Position> {
  const content = z.object({ after: position, filter: z.string() })
  return {
    encode: (after, filter) => seal(JSON.stringify({ after: position.parse(after), filter: hashFilter(filter) })),
    decode(cursor, filter) {
      const decoded = content.safeParse(parseJson(unseal(cursor)))
      if (!decoded.success || decoded.data.filter !== hashFilter(filter)) {
        throw new GangwayError('INPUT_INVALID', { details: { fields: ['cursor'] } })
      }
      return decoded.data.after
    },
  }
}

function hashFilter(filter: Filter): string {
  const wanted = Object.entries(filter)
    .map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)].toSorted() : value] as const)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(wanted)))
    .digest('base64url')
    .slice(0, 22)
}

// The one place where a cursor gets its form; `signCursor` signs it where nobody is to make one up.
function seal(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function unseal(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
