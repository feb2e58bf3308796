import { z } from 'zod'

export const restBillingSyncSchema = z
  .object({
    checked: z.number().int(),
    repaired: z.number().int().meta({ description: 'Subscriptions that were not as the provider has them, and now are.' }),
    missing: z.number().int().meta({ description: 'Subscriptions that the provider knows nothing of.' }),
    failed: z.number().int().meta({ description: 'Those that could not be asked about.' }),
  })
  .meta({ id: 'BillingSync' })
