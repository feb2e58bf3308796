import { type AnyColumn, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { keysetCursor } from './cursor.ts'

/** A row's place in a list by time: microseconds since 1970, as Postgres counts them, and its id. */
export const positionSchema = z.object({ micros: z.string().regex(/^\d{1,16}$/), id: z.uuid() })
export type Position = z.infer<typeof positionSchema>

/** For lists ordered by a time and a uuid, both descending. */
export const newestFirst = keysetCursor(positionSchema)

/** `micros` of a position. A Date holds milliseconds only: pages that went by it would lose rows. */
export function microsOf(time: AnyColumn): SQL<string> {
  return sql<string>`(extract(epoch from ${time}) * 1000000)::bigint::text`
}

interface Keys {
  time: AnyColumn
  id: AnyColumn
}

/** Newest first. Drizzle's `desc()` makes indexes NULLS LAST and orders by NULLS FIRST, for which Postgres sorts every row. */
export function newestOrder({ time, id }: Keys): SQL[] {
  return [sql`${time} desc nulls last`, sql`${id} desc nulls last`]
}

/** The same indexes, read backwards. */
export function oldestOrder({ time, id }: Keys): SQL[] {
  return [sql`${time} asc nulls first`, sql`${id} asc nulls first`]
}

/** What comes after `position`. An index on both keys, descending, leads straight to it. */
export function olderThan({ time, id }: Keys, position: Position): SQL {
  return sql`(${time}, ${id}) < (${placeOf(position)})`
}

/** What comes after `position` in the other direction. */
export function newerThan({ time, id }: Keys, position: Position): SQL {
  return sql`(${time}, ${id}) > (${placeOf(position)})`
}

/** `position` itself, and what comes before it in that direction. */
export function notNewerThan({ time, id }: Keys, position: Position): SQL {
  return sql`(${time}, ${id}) <= (${placeOf(position)})`
}

/** Says nothing new of what is between two positions, but to the planner: it tells how few rows these are by one column alone. */
export function betweenTimes({ time }: Keys, from: Position, to: Position): SQL {
  return sql`${time} between ${timeOf(from)} and ${timeOf(to)}`
}

function placeOf(position: Position): SQL {
  return sql`${timeOf(position)}, ${position.id}::uuid`
}

function timeOf({ micros }: Position): SQL {
  return sql`timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond'`
}
