import { z } from 'zod'
import { answersFilterSchema, answerTextSchema, snapshotSchema } from '../answers.ts'
import { pageRequestSchema, rowCountSchema } from '../paging.ts'
import { roleSchema } from '../questionnaire.ts'
import { restMomentSchema, restTimeSchema } from './time.ts'

const snapshot = snapshotSchema.shape
const filter = answersFilterSchema.shape

/** A parameter that may be given more than once. */
function several<Item extends z.core.$ZodType>(item: Item, max: number) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(max).optional(),
  )
}

export const restListAnswersSchema = z
  .strictObject({
    role: several(roleSchema, 12).meta({ description: 'One of these roles; may be given more than once.' }),
    org: filter.org.meta({ description: 'The slug of an organization.' }),
    plan: filter.plan,
    variant: filter.variant,
    schema_version: z.coerce.number<string>().pipe(filter.schemaVersion.unwrap()).optional(),
    answer: several(answerTextSchema, 5).meta({
      description:
        'An answer, as in work.team=platform; of a list, one of its items. May be given more than once: all have to hold.',
    }),
    text: filter.text.meta({
      description: 'Words, or their beginnings, of what was typed, of the name and of the address; in any order.',
    }),
    completed_from: restMomentSchema.optional(),
    completed_before: restMomentSchema.optional(),
    cursor: z
      .optional(pageRequestSchema.shape.cursor.def.innerType.def.innerType)
      .meta({ description: 'next_cursor of the page before; only good for the same filter.' }),
    limit: z.coerce.number<string>().int().min(1).max(200).default(50),
  })
  .refine(({ completed_from: from, completed_before: before }) => !from || !before || from <= before, {
    path: ['completed_before'],
    error: 'This is before completed_from.',
  })

export const restSnapshotSchema = z
  .object({
    session_id: snapshot.sessionId,
    user_id: snapshot.userId,
    email: snapshot.email,
    role: snapshot.role,
    company: snapshot.company,
    org_slug: snapshot.orgSlug,
    plan: snapshot.plan,
    variant: snapshot.variant,
    completed_at: restTimeSchema,
    answer_schema_version: snapshot.answerSchemaVersion,
    answers: snapshot.answers,
  })
  .meta({ id: 'Snapshot' })
export type RestSnapshot = z.infer<typeof restSnapshotSchema>

export const restSnapshotPageSchema = z
  .object({
    rows: z.array(restSnapshotSchema),
    next_cursor: z.string().nullable(),
    count: rowCountSchema.check(z.meta({ description: 'How many the filter lets through; exact up to 10,000.' })),
  })
  .meta({ id: 'SnapshotPage' })

export const restAnswersByUserSchema = z.strictObject({ userId: z.uuid() })

export const restPersonHistorySchema = z
  .object({
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string(), created_at: restTimeSchema }),
    completions: z
      .array(
        z.object({
          snapshot: restSnapshotSchema,
          changes: z
            .array(z.object({ step: z.string(), field: z.string(), before: z.unknown(), after: z.unknown() }))
            .meta({ description: 'What is different from the completion before; none for the first.' }),
        }),
      )
      .meta({ description: 'Newest first.' }),
  })
  .meta({ id: 'PersonHistory' })
