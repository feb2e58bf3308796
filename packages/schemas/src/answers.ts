import { z } from 'zod'
import { correctionSchema } from './answer-corrections.ts'
import { pageOf, pageRequestSchema } from './paging.ts'
import { planIdSchema } from './plans.ts'
import { draftAnswersSchema, roleSchema } from './questionnaire.ts'
import { soughtText, soughtTimeSchema } from './sought.ts'

const name = z.string().max(80)

/** One given answer: `{ step: 'work', field: 'team', value: 'platform' }`. Of a list, one of its items. */
export const answerFilterSchema = z.object({
  step: name.regex(/^[a-zA-Z]\w*$/, 'This is not the id of a step.'),
  /** Parts of an item follow after a dot: `invites.role`. */
  field: name.regex(/^[a-zA-Z]\w*(\.\w+)*$/, 'This is not the name of a field.'),
  value: soughtText(2000).min(1, 'Say which answer.'),
})
export type AnswerFilter = z.infer<typeof answerFilterSchema>

/** The same as one text, `work.team=platform`. */
export const answerTextSchema = z
  .string()
  .regex(/^\w+\.[\w.]+=./, 'Use step.field=value, such as work.team=platform.')
  .transform((text) => {
    const [, step, field, value] = /^(\w+)\.([\w.]+)=(.*)$/s.exec(text) ?? []
    return { step, field, value }
  })
  .pipe(answerFilterSchema)

/** What is not there lets everything through; what is there has to hold all at once. */
export const answersFilterSchema = z.object({
  /** One of these. */
  roles: z.array(roleSchema).max(12).optional(),
  /** The slug of an organization. */
  org: soughtText(50).min(1).optional(),
  /** Of the organization, as it is now. */
  plan: z.optional(planIdSchema),
  variant: soughtText(60).min(1).optional(),
  schemaVersion: z.number().int().min(1).max(32_767).optional(),
  /** All of these. */
  answers: z.array(answerFilterSchema).max(5).optional(),
  /** Words, or their beginnings, of what was typed, of the person's name and of the address; in any order. */
  text: soughtText(200).optional(),
  completedFrom: soughtTimeSchema.optional(),
  completedBefore: soughtTimeSchema.optional(),
})
export type AnswersFilter = z.infer<typeof answersFilterSchema>

export const listAnswersInputSchema = z.object({ ...pageRequestSchema.shape, filter: answersFilterSchema.default({}) })

export const snapshotSchema = z.object({
  sessionId: z.uuid(),
  userId: z.uuid(),
  email: z.string(),
  role: z.nullable(roleSchema),
  company: z.string().nullable(),
  orgSlug: z.string().nullable(),
  /** Of the organization, as it is now. */
  plan: z.nullable(planIdSchema),
  variant: z.string(),
  completedAt: z.date(),
  answerSchemaVersion: z.number().int(),
  answers: draftAnswersSchema,
})
export type Snapshot = z.infer<typeof snapshotSchema>

/** The count is that of the first page, and is exact up to 10,000; beyond, it is an estimate. */
export const snapshotPageSchema = pageOf(snapshotSchema)
export type SnapshotPage = z.infer<typeof snapshotPageSchema>

export const answersByUserInputSchema = z.object({ userId: z.uuid() })

export const personHistorySchema = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), createdAt: z.date() }),
  completions: z.array(
    z.object({
      snapshot: snapshotSchema,
      /** Of the session, when the snapshot was taken; grows with each correction. */
      revision: z.number().int(),
      /** By staff, after the completion; the newest first. */
      corrections: z.array(correctionSchema),
      /** What is different from the completion before; [] for the first. */
      changes: z.array(z.object({ step: z.string(), field: z.string(), before: z.unknown(), after: z.unknown() })),
    }),
  ),
})
export type PersonHistory = z.infer<typeof personHistorySchema>
