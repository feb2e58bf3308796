import { z } from 'zod'

/** What every call that fails is answered with. */
export const restErrorSchema = z
  .object({
    error: z.string().meta({ description: 'From the catalogue of errors, such as SLUG_TAKEN.' }),
    message: z.string().meta({ description: 'What happened and what to do, for people.' }),
    error_id: z.string().meta({ description: 'Finds the failure in the log.' }),
    fields: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What of the input is not valid, and why.' }),
    details: z.record(z.string(), z.unknown()).optional().meta({ description: 'Depends on the error: see the call.' }),
  })
  .meta({ id: 'Error' })
export type RestError = z.infer<typeof restErrorSchema>
