import { z } from 'zod'

/** How the central dataset compares with its declaration. */
export const bootstrapStatusSchema = z.object({
  /** NOT_SYNCED: a table is missing; DRIFTED: all are there, and a column is missing or of another type. */
  status: z.enum(['SYNCED', 'NOT_SYNCED', 'DRIFTED']),
  tables_expected: z.number().int(),
  tables_present: z.number().int(),
  tables_missing: z.string().array(),
  /** One line per column: `seq is missing`, `amount is STRING, declared NUMERIC`. */
  drift: z.object({ table: z.string(), columns: z.string().array() }).array(),
})
export type BootstrapStatus = z.infer<typeof bootstrapStatusSchema>

/** What a bootstrap found and did, and how things are after it. */
export const bootstrapReportSchema = bootstrapStatusSchema.extend({
  tables: z
    .object({
      name: z.string(),
      state: z.enum(['created', 'present', 'drifted']),
      /** What was not changed, one line per column. */
      drift: z.string().array(),
    })
    .array(),
  /** Runs that had stopped for want of a bootstrap and now go on. */
  runs_resumed: z.number().int(),
})
export type BootstrapReport = z.infer<typeof bootstrapReportSchema>
