import type { DryRunCheckName } from '@gangway/schemas/dry-run'
import { PLAN_IDS, type PlanId, planIdSchema, PLANS } from '@gangway/schemas/plans'
import { SLUG_PATTERN } from '@gangway/schemas/slug'
import { z } from 'zod'
import { bootstrapStatus, META_TABLES } from '../bootstrap/index.ts'
import { checkSlug } from '../checkout/check-slug.ts'
import type { DryRunContext } from '../context.ts'
import { classify, describeCode, type ErrorCode } from '../errors/index.ts'
import { COMPREHENSIVE_VIEW_COLUMNS, WORKSPACE_TABLES } from '../workspace/index.ts'
import type { DryRunInput } from './input.ts'
import { checkWorkspaceDeclaration } from './workspace-declaration.ts'

export type Finding = { status: 'passed' | 'skipped'; reason: string } | { status: 'failed'; reason: string; code: ErrorCode }

export interface CheckScope {
  ctx: DryRunContext
  input: DryRunInput
  /** One query, shared by the checks that need to know how it went. */
  ping: () => Promise<void>
}

export const CHECKS: Record<DryRunCheckName, (scope: CheckScope) => Finding | Promise<Finding>> = {
  tenant_id_format({ input: { tenantId } }) {
    if (SLUG_PATTERN.test(tenantId)) return passed(`${tenantId} is a valid tenant id.`)
    return failed('SLUG_INVALID', describeCode('SLUG_INVALID').message)
  },

  email_format({ input: { adminEmail } }) {
    const email = z.email().max(254).safeParse(adminEmail.trim())
    return email.success ? passed('The address is well formed.') : failed('INPUT_INVALID', 'Enter a valid e-mail address.')
  },

  async gcp_credentials({ ctx: { warehouse }, ping }) {
    if (warehouse.kind !== 'bigquery') return skipped('The warehouse is Postgres, which needs no Google credentials.')
    try {
      await ping()
      return passed('BigQuery accepts the credentials.')
    } catch (error) {
      const { code, message } = classify(error)
      if (code === 'WAREHOUSE_DENIED') return failed(code, message)
      return skipped('BigQuery does not answer, so the credentials could not be tried.')
    }
  },

  async bigquery_connectivity({ ctx: { warehouse }, ping }) {
    await ping()
    return passed(`A test query on ${warehouse.kind === 'bigquery' ? 'BigQuery' : 'the Postgres warehouse'} was answered.`)
  },

  subscription_plan({ input: { plan } }) {
    if (planIdSchema.safeParse(plan).success) return passed(`${plan} is one of the plans.`)
    return failed('PLAN_UNKNOWN', `There is no such plan. Use one of ${PLAN_IDS.join(', ')}.`)
  },

  async tenant_existence({ ctx, input: { tenantId, userId, runId, orgId } }) {
    // A unique key keeps the id for the organization that has it.
    if (orgId !== undefined) return passed('This run has made the organization with this id.')
    const { available, reason } = await checkSlug(ctx, { slug: tenantId, userId, runId })
    if (available) return passed('No other organization has this id.')
    if (reason === 'invalid') return skipped('No organization can have this id.')
    return failed(
      'SLUG_TAKEN',
      reason === 'reserved' ? 'The id is reserved by an open checkout.' : 'An organization has this id.',
    )
  },

  async central_tables({ ctx }) {
    const { status, tables_present, tables_expected, tables_missing, drift } = await bootstrapStatus(ctx)
    if (status === 'SYNCED') return passed(`All ${tables_expected} meta tables are as declared.`)
    const missing = tables_missing.length > 0 ? ` Missing: ${tables_missing.join(', ')}.` : ''
    const drifted = drift.length > 0 ? ` Drifted: ${drift.map(({ table }) => table).join(', ')}.` : ''
    return failed(
      'SYSTEM_NOT_READY',
      `${tables_present} of ${tables_expected} meta tables are there.${missing}${drifted} Run bootstrap.`,
    )
  },

  dryrun_config({ input }) {
    const plan = planIdSchema.safeParse(input.plan)
    const problems = plan.success ? declarationProblems[plan.data]() : PLAN_IDS.flatMap((id) => declarationProblems[id]())
    if (problems.length === 0) return passed('Tables, view and limits of the workspace are declared and valid.')
    return failed('SYSTEM_NOT_READY', problems.join('; '))
  },
}

/** Declarations are part of the build: what is wrong with them is found once. */
const declarationProblems = {
  STARTER: found('STARTER'),
  PROFESSIONAL: found('PROFESSIONAL'),
  SCALE: found('SCALE'),
} satisfies Record<PlanId, () => string[]>

function found(plan: PlanId): () => string[] {
  let problems: string[] | undefined
  return () =>
    (problems ??= checkWorkspaceDeclaration({
      tables: WORKSPACE_TABLES,
      metaTables: META_TABLES,
      viewColumns: COMPREHENSIVE_VIEW_COLUMNS,
      plans: [PLANS[plan]],
    }))
}

function passed(reason: string): Finding {
  return { status: 'passed', reason }
}

function skipped(reason: string): Finding {
  return { status: 'skipped', reason }
}

function failed(code: ErrorCode, reason: string): Finding {
  return { status: 'failed', code, reason }
}
