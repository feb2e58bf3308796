import { z } from 'zod'

/** Ids and order are a contract: they are answered, stored and shown. */
export const DRY_RUN_CHECKS = [
  'tenant_id_format',
  'email_format',
  'gcp_credentials',
  'bigquery_connectivity',
  'subscription_plan',
  'tenant_existence',
  'central_tables',
  'dryrun_config',
] as const
export type DryRunCheckName = (typeof DRY_RUN_CHECKS)[number]

export const dryRunCheckSchema = z.object({
  name: z.enum(DRY_RUN_CHECKS),
  status: z.enum(['passed', 'failed', 'skipped']),
  reason: z.string(),
  /** From the catalogue of errors; null unless the check failed. */
  code: z.string().nullable(),
  /** Finds the cause in the log; null unless something was thrown. */
  error_id: z.string().nullable(),
})
export type DryRunCheck = z.infer<typeof dryRunCheckSchema>

/** What a run makes, in the order in which it does. */
export const RESOURCE_KINDS = [
  'organization',
  'membership',
  'subscription',
  'dataset',
  'table',
  'view',
  'api_key',
  'reveal',
  'meta_row',
] as const

/** `exists`: this very run has made it; `conflict`: it belongs to somebody else, or is not as it should be. */
export const plannedResourceSchema = z.object({
  kind: z.enum(RESOURCE_KINDS),
  name: z.string(),
  action: z.enum(['create', 'exists', 'conflict']),
})
export type PlannedResource = z.infer<typeof plannedResourceSchema>

export const dryRunResultSchema = z.object({
  status: z.enum(['passed', 'failed']),
  tenant_id: z.string(),
  /** As it was asked for, whether there is such a plan or not. */
  subscription_plan: z.string(),
  validation_summary: z.object({
    total_checks: z.number().int(),
    passed: z.number().int(),
    failed: z.number().int(),
    skipped: z.number().int(),
    /** No check failed. */
    all_passed: z.boolean(),
    checks: dryRunCheckSchema.array(),
  }),
  message: z.string(),
  /** No check failed, and nothing in the plan is a conflict. */
  ready_for_onboarding: z.boolean(),
  /** Null when what there is could not be looked at. */
  plan: z.object({ digest: z.string(), resources: plannedResourceSchema.array() }).nullable(),
})
export type DryRunResult = z.infer<typeof dryRunResultSchema>
