import * as z from 'zod'

/** Which part of a list is wanted. Lists go by key: rows that come in meanwhile neither repeat nor hide others. */
export const pageRequestSchema = z.object({
  /** `nextCursor` of the page before; opaque, and only good for the filter it was made for. */
  cursor: z.string().max(400).nullish(),
  limit: z.number().int().min(1).max(200).default(50),
})
export type PageRequest = z.infer<typeof pageRequestSchema>

export const rowCountSchema = z.object({ value: z.number().int(), exact: z.boolean() })
export type RowCount = z.infer<typeof rowCountSchema>

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    rows: z.array(row),
    nextCursor: z.string().nullable(),
    /** How many the filter lets through. Exact up to 10,000. */
    count: rowCountSchema,
  })
}
