import { z } from 'zod'
import { answersFilterSchema } from './answers.ts'
import { pageOf, pageRequestSchema, rowCountSchema } from './paging.ts'

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const
export const exportFormatSchema = z.enum(EXPORT_FORMATS)
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** queued → running → succeeded | failed | cancelled; one that is over is expired when its file is gone. */
export const EXPORT_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const
export const exportStateSchema = z.enum(EXPORT_STATES)
export type ExportState = z.infer<typeof exportStateSchema>

export const startExportInputSchema = z.object({
  filter: answersFilterSchema.default({}),
  format: exportFormatSchema.default('ndjson'),
  gzip: z.boolean().default(false),
})
export type StartExport = z.infer<typeof startExportInputSchema>

export const exportIdInputSchema = z.object({ exportId: z.uuid() })

export const exportViewSchema = z.object({
  id: z.uuid(),
  state: exportStateSchema,
  format: exportFormatSchema,
  gzip: z.boolean(),
  filter: answersFilterSchema,
  /** Null for an account that is gone. */
  startedBy: z.string().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  /** When the file goes. */
  expiresAt: z.date().nullable(),
  rows: z.number().int(),
  /** How many rows there will be; exact up to 10,000. */
  expected: rowCountSchema,
  /** Of the file, so far. */
  bytes: z.number().int(),
  /** Of the whole file, hexadecimal; null until it is written. */
  sha256: z.string().nullable(),
  fileName: z.string(),
  /** On the API's address; null until the file is written, and when it is gone. */
  downloadPath: z.string().nullable(),
  /** Why it failed. */
  failure: z.object({ code: z.string(), message: z.string(), errorId: z.string() }).nullable(),
})
export type ExportView = z.infer<typeof exportViewSchema>

export const listExportsInputSchema = pageRequestSchema
export const exportsPageSchema = pageOf(exportViewSchema)
export type ExportsPage = z.infer<typeof exportsPageSchema>
