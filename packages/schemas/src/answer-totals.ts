import { z } from 'zod'
import { answersFilterSchema } from './answers.ts'
import { stepIdSchema } from './questionnaire.ts'

export const answerTotalsInputSchema = z.object({
  /** Of one step only. */
  step: z.optional(stepIdSchema),
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
