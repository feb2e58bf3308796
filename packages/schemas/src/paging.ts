import * as z from 'zod/mini'

/** Which part of a list is wanted. Lists go by key: rows that come in meanwhile neither repeat nor hide others. */
export const pageRequestSchema = z.object({
  /** `nextCursor` of the page before; opaque, and only good for the filter it was made for. */
  cursor: z.nullish(z.string().check(z.maxLength(400))),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(200)), 50),
})
export type PageRequest = z.infer<typeof pageRequestSchema>

export const rowCountSchema = z.object({ value: z.int(), exact: z.boolean() })
export type RowCount = z.infer<typeof rowCountSchema>

export function pageOf<Row extends z.core.$ZodType>(row: Row) {
  return z.object({
    rows: z.array(row),
    nextCursor: z.nullable(z.string()),
    /** How many the filter lets through. Exact up to 10,000. */
    count: rowCountSchema,
  })
}
