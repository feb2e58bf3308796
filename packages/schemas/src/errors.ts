import * as z from 'zod/mini'

/** What every failed tRPC call carries in `data`: enough to act on, nothing of the inside. */
export const problemSchema = z.object({
  /** From the catalogue, such as SLUG_TAKEN. */
  code: z.string(),
  message: z.string(),
  /** Finds the failure in the log. */
  errorId: z.string(),
  retry: z.enum(['transient', 'customer', 'never']),
  /** Shape depends on the code: see the procedure. */
  details: z.optional(z.unknown()),
})
export type Problem = z.infer<typeof problemSchema>
