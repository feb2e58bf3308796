import { dryRun } from '@gangway/core/dry-run'
import { onboardToEnd } from '@gangway/core/provisioning'
import { dryRunResultSchema } from '@gangway/schemas/dry-run'
import { restDryRunSchema, restOnboardedSchema, restOnboardSchema } from '@gangway/schemas/rest/tenants'
import { defineRoute } from '../route.ts'
import { settled } from '../settled.ts'

const ACME = {
  tenant_id: 'acme_corp',
  company_name: 'Acme Corp',
  admin_email: 'ada@acme.example',
  subscription_plan: 'PROFESSIONAL',
} as const

export const tenantRoutes = [
  defineRoute({
    ...{ method: 'POST', path: '/api/v1/tenants/dryrun', who: 'root_key', tag: 'Tenants' },
    summary: 'Whether a tenant could be onboarded, and what would be made',
    description:
      'Makes nothing. All eight checks are made, also when one fails; the answer is 200 either way, and `ready_for_onboarding` tells. One that passes is good for 15 minutes.',
    input: restDryRunSchema,
    example: ACME,
    answer: dryRunResultSchema.meta({ id: 'DryRunResult' }),
    errors: [],
    handle: ({ bootstrap: ctx }, { input }) =>
      dryRun(ctx, {
        tenantId: input.tenant_id,
        companyName: input.company_name,
        adminEmail: input.admin_email,
        plan: input.subscription_plan,
      }),
  }),

  defineRoute({
    ...{ method: 'POST', path: '/api/v1/tenants/onboard', who: 'root_key', tag: 'Tenants' },
    summary: 'Onboard a tenant',
    description:
      'Wants a dry run of the same input that passed in the last 15 minutes: DRY_RUN_REQUIRED lists what fails in `details.failed_checks`. The answer, and no other, carries the key; for a second call the tenant exists. STAGE_TIMED_OUT means that the run goes on: call again. An answer that was lost on its way takes the key with it: rotate.',
    input: restOnboardSchema,
    example: ACME,
    answer: restOnboardedSchema,
    errors: [
      ...[
        'DRY_RUN_REQUIRED',
        'ORGANIZATION_EXISTS',
        'RUN_STATE_INVALID',
        'SLUG_TAKEN',
        'SYSTEM_NOT_READY',
        'WORKSPACE_NOT_EMPTY',
      ],
      ...['STAGE_TIMED_OUT', 'LOCK_LOST', 'WAREHOUSE_UNAVAILABLE', 'WAREHOUSE_DENIED', 'WAREHOUSE_QUOTA'],
    ] as const,
    async handle({ provisioning, keep }, { input }) {
      const onboarding = onboardToEnd(provisioning, {
        tenantId: input.tenant_id,
        companyName: input.company_name,
        adminEmail: input.admin_email,
        plan: input.subscription_plan,
        recreate: input.force_recreate_dataset || input.force_recreate_tables,
        confirmTenantId: input.confirm_tenant_id,
      })
      keep(settled(onboarding))
      const { tenantId, plan, apiKey, tables } = await onboarding
      return {
        ...{ tenant_id: tenantId, api_key: apiKey, subscription_plan: plan, dataset_created: true, tables_created: tables },
        message:
          apiKey === null
            ? 'The workspace was made anew. The tenant keeps its API keys.'
            : 'The tenant is onboarded. Keep the API key: it is not shown again.',
      }
    },
  }),
]
