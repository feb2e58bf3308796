import { z } from 'zod'
import { planIdSchema } from '../plans.ts'

const text = z.string().max(200)

const asForOnboarding = z.boolean().default(false).meta({
  description: 'Taken so that the input of an onboarding can be sent as it is: a dry run is of a tenant that is new.',
})

/** Whether any of it is valid is for the checks to say. */
export const restDryRunSchema = z.strictObject({
  tenant_id: text,
  company_name: text,
  admin_email: text,
  subscription_plan: text.meta({ description: 'STARTER, PROFESSIONAL or SCALE.' }),
  force_recreate_dataset: asForOnboarding,
  force_recreate_tables: asForOnboarding,
})

export const restOnboardSchema = z.strictObject({
  tenant_id: text,
  company_name: z.string().trim().min(1).max(120),
  admin_email: text,
  subscription_plan: planIdSchema,
  force_recreate_dataset: z
    .boolean()
    .default(false)
    .meta({ description: 'Makes the workspace of a tenant that exists anew, empty, in a dataset with a new name.' }),
  force_recreate_tables: z.boolean().default(false).meta({
    description: 'The same: a table that is made again under its name can lose rows, so the new ones come in a new dataset.',
  }),
  confirm_tenant_id: text.optional().meta({
    description: 'The tenant’s id once more: needed where the workspace holds rows of the customer, which are deleted.',
  }),
})

export const restOnboardedSchema = z
  .object({
    tenant_id: z.string(),
    api_key: z
      .string()
      .nullable()
      .meta({ description: 'Only here, and only once. Null where the tenant was there before and keeps its keys.' }),
    subscription_plan: planIdSchema,
    dataset_created: z.boolean(),
    tables_created: z.array(z.string()),
    message: z.string(),
  })
  .meta({ id: 'OnboardedTenant' })
