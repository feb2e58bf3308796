import { users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { PlanId } from '@gangway/schemas/plans'
import { eq } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { requirePassedDryRun } from '../dry-run/index.ts'
import { GangwayError } from '../errors/index.ts'
import { findRun } from './find-run.ts'
import { type Fulfilment, openRun, proceed } from './fulfil.ts'
import { operatorKey } from './operator-key.ts'
import { readOwner } from './owner.ts'
import type { Run } from './run-row.ts'

export interface OnboardTenantInput {
  tenantId: string
  companyName: string
  adminEmail: string
  plan: PlanId
}

/**
 * A run without a payment, for operators: the same machine, journal and guarantees. The admin's account is made where
 * there is none; they choose a password by "Forgot your password?". Throws DRY_RUN_REQUIRED with the failed checks, and
 * ORGANIZATION_EXISTS for a second call once the tenant is there.
 */
export async function onboardTenant(ctx: ProvisioningContext, input: OnboardTenantInput): Promise<Fulfilment> {
  const { tenantId: slug, companyName, plan } = input
  const checkoutSessionId = operatorKey(slug)
  const run = await findRun(ctx, checkoutSessionId)
  if (run?.state === 'succeeded') throw new GangwayError('ORGANIZATION_EXISTS')
  // A run that stands still is gone on with, however long ago its dry run was: it has made its own slug by now, and repeats the checks.
  if (!run || !(await isFor(ctx, run, input))) await requirePassedDryRun(ctx, { ...input, ...(run && { runId: run.id }) })
  const userId = await ensureUser(ctx, input.adminEmail.trim().toLowerCase())
  const opened = await openRun(ctx, { checkoutSessionId, resume: true }, { origin: 'operator', userId, plan, slug, companyName })
  if (opened.part === 'settled' && opened.run.state === 'succeeded') throw new GangwayError('ORGANIZATION_EXISTS')
  return proceed(ctx, opened)
}

async function isFor(
  ctx: ProvisioningContext,
  run: Run,
  { companyName, plan, adminEmail }: OnboardTenantInput,
): Promise<boolean> {
  const { email } = await readOwner(ctx, run.userId)
  return run.companyName === companyName && run.plan === plan && email === adminEmail.trim().toLowerCase()
}

async function ensureUser(ctx: ProvisioningContext, email: string): Promise<string> {
  return inTransaction(ctx.db, async (tx) => {
    await tx
      .insert(users)
      .values({ name: email.split('@')[0] ?? email, email })
      .onConflictDoNothing()
    const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
    if (!user) throw new GangwayError('NOT_FOUND')
    return user.id
  })
}
