import { z } from 'zod'
import { answersFilterSchema } from './answers.ts'
import { stepIdSchema, stepPatchSchema } from './questionnaire.ts'

export const answerTotalsInputSchema = z.object({
  /** Of one step only. */
  step: stepIdSchema.optional(),
  /** Of whom it lets through; counted from the snapshots then, and not from the totals. */
  filter: answersFilterSchema.default({}),
  /** Values of each question, those that were given most. */
  limit: z.number().int().min(1).max(200).default(50),
})
export type AnswerTotalsInput = z.infer<typeof answerTotalsInputSchema>

export const answerTotalsSchema = z.object({
  /** Completions that the filter lets through. Exact. */
  people: z.number().int(),
  /** By step and field; those that nobody answered are missing. Parts of an item stand after a dot: `invites.role`. */
  fields: z.array(
    z.object({
      step: z.string(),
      field: z.string(),
      /** Most given first, then by value; exact. Of a list, each item counts. Long texts are cut: `step.field=value` has 240 characters. */
      values: z.array(z.object({ value: z.string(), total: z.number().int() })),
      /** There are other values, each given no more often than the last one here. */
      more: z.boolean(),
    }),
  ),
})
export type AnswerTotals = z.infer<typeof answerTotalsSchema>

export const correctAnswersInputSchema = z.object({
  sessionId: z.uuid(),
  /** By step; `null` takes an answer back, a field that is absent is left as it was. */
  patch: z.record(stepIdSchema, stepPatchSchema),
  /** For the audit log. */
  reason: z.string().trim().min(1, 'Say why.').max(500),
})
export type CorrectAnswersInput = z.infer<typeof correctAnswersInputSchema>

export const correctedAnswersSchema = z.object({
  sessionId: z.uuid(),
  revision: z.number().int(),
  /** `step.field`; [] where everything was as the patch has it. */
  changed: z.array(z.string()),
})
export type CorrectedAnswers = z.infer<typeof correctedAnswersSchema>
