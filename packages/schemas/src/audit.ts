import { z } from 'zod'
import { pageOf, pageRequestSchema } from './paging.ts'

export const auditFilterSchema = z.object({
  /** Part of an action, of a subject's id, or of the e-mail address of whoever did it. */
  text: z.string().trim().max(200).optional(),
  from: z.date().optional(),
  before: z.date().optional(),
})
export type AuditFilter = z.infer<typeof auditFilterSchema>

export const listAuditInputSchema = z.object({ ...pageRequestSchema.shape, filter: auditFilterSchema.default({}) })

export const auditEntrySchema = z.object({
  id: z.number().int(),
  at: z.date(),
  /** Null where no person did it; the address is null for an account that is gone. */
  actor: z.object({ id: z.uuid(), email: z.string().nullable() }).nullable(),
  /** `answers.read`, `run.retried` and so on. */
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const auditPageSchema = pageOf(auditEntrySchema)
export type AuditPage = z.infer<typeof auditPageSchema>
