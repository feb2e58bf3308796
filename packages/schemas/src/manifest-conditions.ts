import * as z from 'zod/mini'
import type { DraftAnswers, DraftValue } from './questionnaire.ts'

const scalarSchema = z.union([z.string().check(z.maxLength(500)), z.number(), z.boolean()])
type Scalar = z.infer<typeof scalarSchema>

/** `step.field` of an earlier question. */
const referenceSchema = z.string().check(z.maxLength(81))

/** When a step or a question is asked. `field` is `step.field`; `contains` looks into a list. */
export type Condition =
  | { field: string; equals: Scalar }
  | { field: string; in: Scalar[] }
  | { field: string; contains: string }
  | { not: Condition }
  | { all: Condition[] }
  | { any: Condition[] }

export const conditionSchema: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: referenceSchema, equals: scalarSchema }),
    z.strictObject({ field: referenceSchema, in: z.array(scalarSchema).check(z.maxLength(100)) }),
    z.strictObject({ field: referenceSchema, contains: z.string().check(z.maxLength(500)) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ all: z.array(conditionSchema).check(z.maxLength(20)) }),
    z.strictObject({ any: z.array(conditionSchema).check(z.maxLength(20)) }),
  ]),
)

/** Whether a condition holds. A question without an answer equals nothing and contains nothing. */
export function holds(condition: Condition, answers: DraftAnswers): boolean {
  if ('not' in condition) return !holds(condition.not, answers)
  if ('all' in condition) return condition.all.every((part) => holds(part, answers))
  if ('any' in condition) return condition.any.some((part) => holds(part, answers))
  const value = answerAt(answers, condition.field)
  if ('contains' in condition) return Array.isArray(value) && value.some((item) => item === condition.contains)
  const wanted = 'in' in condition ? condition.in : [condition.equals]
  return wanted.some((one) => isScalar(value, one))
}

/** The questions that a condition asks about, as `step.field`. */
export function referencesOf(condition: Condition): { field: string; values: Scalar[] }[] {
  if ('not' in condition) return referencesOf(condition.not)
  if ('all' in condition) return condition.all.flatMap(referencesOf)
  if ('any' in condition) return condition.any.flatMap(referencesOf)
  if ('contains' in condition) return [{ field: condition.field, values: [condition.contains] }]
  return [{ field: condition.field, values: 'in' in condition ? condition.in : [condition.equals] }]
}

function answerAt(answers: DraftAnswers, reference: string): DraftValue | undefined {
  const dot = reference.indexOf('.')
  return answers[reference.slice(0, dot)]?.[reference.slice(dot + 1)]
}

/** A form keeps a number as it was typed, and a program sends it as a number: `'5'` is 5. */
function isScalar(value: DraftValue | undefined, wanted: Scalar): boolean {
  return value !== undefined && value !== null && typeof value !== 'object' && String(value) === String(wanted)
}
