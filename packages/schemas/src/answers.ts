import { z } from 'zod'
import { draftAnswersSchema, roleSchema } from './questionnaire.ts'

export const answersFilterSchema = z.object({
  roles: z.array(roleSchema).max(12).optional(),
  completedFrom: z.date().optional(),
  completedBefore: z.date().optional(),
})
export type AnswersFilter = z.infer<typeof answersFilterSchema>

export const listAnswersInputSchema = z.object({
  filter: answersFilterSchema.default({}),
  /** `nextCursor` of the page before; opaque. */
  cursor: z.string().max(400).nullish(),
  limit: z.number().int().min(1).max(200).default(50),
})

export const snapshotSchema = z.object({
  sessionId: z.uuid(),
  userId: z.uuid(),
  email: z.string(),
  role: roleSchema.nullable(),
  company: z.string().nullable(),
  orgSlug: z.string().nullable(),
  variant: z.string(),
  completedAt: z.date(),
  answerSchemaVersion: z.number().int(),
  answers: draftAnswersSchema,
})
export type Snapshot = z.infer<typeof snapshotSchema>

export const snapshotPageSchema = z.object({
  rows: z.array(snapshotSchema),
  nextCursor: z.string().nullable(),
  /** Exact up to 10,000. */
  count: z.object({ value: z.number().int(), exact: z.boolean() }),
})
export type SnapshotPage = z.infer<typeof snapshotPageSchema>

export const answersByUserInputSchema = z.object({ userId: z.uuid() })

export const personHistorySchema = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), createdAt: z.date() }),
  completions: z.array(
    z.object({
      snapshot: snapshotSchema,
      /** What is different from the completion before; [] for the first. */
      changes: z.array(z.object({ step: z.string(), field: z.string(), before: z.unknown(), after: z.unknown() })),
    }),
  ),
})
export type PersonHistory = z.infer<typeof personHistorySchema>
