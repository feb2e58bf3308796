import { organizationHealth } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Finding } from '@gangway/schemas/doctor'
import type { ProvisioningContext } from '../context.ts'
import { drawPlan } from '../dry-run/draw-plan.ts'
import { classify } from '../errors/index.ts'
import { CHECKS } from './checks.ts'
import { openScope, type Scope } from './scope.ts'
import { readTenant, type Tenant } from './tenant.ts'

export interface Examination {
  tenant: Tenant
  /** `unknown`: it could not be looked at, and the log says why under the error's id. */
  status: 'healthy' | 'differs' | 'unknown'
  findings: Finding[]
  errorId: string | null
}

/**
 * Compares an organization with the dry run's plan for it, and keeps what was found. Changes nothing else. Throws NOT_FOUND
 * for one that is not onboarded; a warehouse that does not answer is a finding of its own, `unknown`.
 */
export async function examineOrganization(ctx: ProvisioningContext, { orgId }: { orgId: string }): Promise<Examination> {
  const tenant = await readTenant(ctx, { orgId })
  const examination = await examine(ctx, tenant)
  await keep(ctx, examination)
  return examination
}

async function examine(ctx: ProvisioningContext, tenant: Tenant): Promise<Examination> {
  try {
    const findings = await findingsOf(ctx, openScope(ctx, tenant))
    return { tenant, status: findings.length === 0 ? 'healthy' : 'differs', findings, errorId: null }
  } catch (error) {
    const errorId = ctx.ids.errorId()
    const { code } = classify(error)
    ctx.log.error({ err: error, errorId, code, orgId: tenant.org.id }, 'an organization could not be examined')
    return { tenant, status: 'unknown', findings: [], errorId }
  }
}

async function findingsOf(ctx: ProvisioningContext, scope: Scope): Promise<Finding[]> {
  const { org, run, subscription, owner, withoutKit } = scope.tenant
  const plan = await drawPlan(ctx, {
    ...{ tenantId: org.slug, companyName: org.name, adminEmail: owner?.email ?? 'the owner' },
    ...{ plan: subscription?.plan ?? run?.plan ?? '', ...(run && { runId: run.id }) },
  })
  const found = await Promise.all(
    plan.map(async (resource) => {
      const problems = await CHECKS[resource.kind](scope, resource)
      return problems.map((problem): Finding => ({ kind: resource.kind, name: resource.name, ...problem }))
    }),
  )
  const kits = withoutKit.map(({ email }): Finding => ({
    ...{ kind: 'starter_kit', name: email },
    ...{ problem: 'is not complete', repairable: true },
  }))
  return [...found.flat(), ...kits]
}

/** Of two looks at once the later one counts. */
async function keep(ctx: ProvisioningContext, { tenant, status, findings, errorId }: Examination): Promise<void> {
  const row = { status, findings, errorId, examinedAt: ctx.clock.now() }
  await inTransaction(ctx.db, (tx) =>
    tx
      .insert(organizationHealth)
      .values({ orgId: tenant.org.id, ...row })
      .onConflictDoUpdate({ target: organizationHealth.orgId, set: row }),
  )
}
