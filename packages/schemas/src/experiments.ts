import { z } from 'zod'

/** With fewer people in a variant, nothing is said about it. */
export const ENOUGH_PEOPLE = 50

/** A share or a difference of shares between -1 and 1, with the bounds between which it lies in 95 of 100 cases. */
export const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() })
export type Estimate = z.infer<typeof estimateSchema>

export const variantResultSchema = z.object({
  variant: z.string(),
  /** Of all weights; 0 for a variant that the manifest does not have any more. */
  share: z.number(),
  /** People who have viewed a step. */
  exposed: z.number().int(),
  completed: z.number().int(),
  /** Share of the exposed who have completed; null without any. */
  completion: estimateSchema.nullable(),
  /** Completion minus that of control; null for control itself, and while there is not enough data. */
  difference: estimateSchema.nullable(),
  /** `unclear` while the difference may as well be none. */
  verdict: z.enum(['control', 'not-enough-data', 'unclear', 'better', 'worse']),
})
export type VariantResult = z.infer<typeof variantResultSchema>

export const experimentSchema = z.object({
  version: z.number().int(),
  name: z.string(),
  publishedAt: z.date(),
  /** New sessions are assigned by it. */
  isCurrent: z.boolean(),
  variants: z.array(variantResultSchema),
})
export type Experiment = z.infer<typeof experimentSchema>
