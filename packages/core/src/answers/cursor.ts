import { createHash } from 'node:crypto'
import type { AnswersFilter } from '@gangway/schemas/answers'
import { z } from 'zod'
import { GangwayError } from '../errors/index.ts'
import { canonicalJson } from '../questionnaire/index.ts'

/** The last row of a page: its completion in microseconds since 1970, as Postgres counts them, and its session. */
const positionSchema = z.object({ micros: z.string().regex(/^\d{1,16}$/), sessionId: z.uuid() })
export type Position = z.infer<typeof positionSchema>

const cursorSchema = positionSchema.extend({ filter: z.string() })

/** An opaque text that goes on after `position`, and only with the filter it was made for. */
export function encodeCursor(position: Position, filter: AnswersFilter): string {
  return seal(JSON.stringify({ ...position, filter: hashFilter(filter) }))
}

/** Throws INPUT_INVALID for whatever `encodeCursor` has not made for this filter. */
export function decodeCursor(cursor: string, filter: AnswersFilter): Position {
  const decoded = cursorSchema.safeParse(parseJson(unseal(cursor)))
  if (!decoded.success || decoded.data.filter !== hashFilter(filter)) {
    throw new GangwayError('INPUT_INVALID', { details: { fields: ['cursor'] } })
  }
  return { micros: decoded.data.micros, sessionId: decoded.data.sessionId }
}

function hashFilter({ roles = [], completedFrom, completedBefore }: AnswersFilter): string {
  const meaning = { roles: [...new Set(roles)].toSorted(), completedFrom, completedBefore }
  return createHash('sha256').update(canonicalJson(meaning)).digest('base64url').slice(0, 22)
}

// The one place where a cursor gets its form on the wire, and where a signature would go.
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
