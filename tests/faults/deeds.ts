import type { ProvisioningContext } from '@gangway/core/context'
import { dryRun } from '@gangway/core/dry-run'
import {
  cancelRun,
  onboardTenant,
  operatorKey,
  retryRun,
  rollBackRun,
  sweep,
  sweepPaidCheckouts,
} from '@gangway/core/provisioning'
import { onboardingRuns, users } from '@gangway/db/schema'
import { isTerminal, type StageId } from '@gangway/schemas/provisioning'
import { eq, inArray } from 'drizzle-orm'
import { setTimeout as delay } from 'node:timers/promises'

const LOOK_EVERY_MS = 60

/** Sweeps as a worker does, until every one of the runs has ended. Answers those that have not. */
export async function finish(
  ctx: ProvisioningContext,
  { checkouts, withinMs }: { checkouts: string[]; withinMs: number },
): Promise<string[]> {
  const end = Date.now() + withinMs
  for (;;) {
    const open = await unfinished(ctx, checkouts).catch(() => checkouts)
    if (open.length === 0 || Date.now() > end) return open
    await sweepOnce(ctx).catch((err: unknown) => ctx.log.warn({ err }, 'a sweep failed'))
    await delay(LOOK_EVERY_MS)
  }
}

/** Does not wait for the runs that it takes up: another one may expire in the meantime. */
export async function sweepOnce(ctx: ProvisioningContext): Promise<number> {
  const [standing, unknown] = [await sweep(ctx), await sweepPaidCheckouts(ctx)]
  return standing.advanced + unknown.advanced
}

async function unfinished(ctx: ProvisioningContext, checkouts: string[]): Promise<string[]> {
  const { checkoutSessionId, state } = onboardingRuns
  const runs = await ctx.db.select({ checkoutSessionId, state }).from(onboardingRuns).where(inArray(checkoutSessionId, checkouts))
  const ended = new Set(runs.filter((run) => isTerminal(run.state)).map((run) => run.checkoutSessionId))
  return checkouts.filter((id) => !ended.has(id))
}

export async function retryFrom(
  ctx: ProvisioningContext,
  { checkout, stage }: { checkout: string; stage: StageId },
): Promise<void> {
  const { id, userId, state } = await runOf(ctx, checkout)
  if (state !== 'failed') return
  const { settled } = await retryRun(ctx, { runId: id, actorId: userId, fromStage: stage })
  await settled
}

export async function cancelAndRollBack(ctx: ProvisioningContext, checkout: string): Promise<void> {
  const { id, userId, state } = await runOf(ctx, checkout)
  if (state === 'failed') await cancelRun(ctx, { runId: id, actorId: userId, reason: 'They changed their mind.' })
  if (state === 'rolled_back') return
  const { settled } = await rollBackRun(ctx, { runId: id, actorId: userId })
  await settled
}

export async function onboard(
  ctx: ProvisioningContext,
  { tenantId, email }: { tenantId: string; email: string },
): Promise<string> {
  const input = { tenantId, companyName: 'Acme Corp', adminEmail: email, plan: 'SCALE' } as const
  await dryRun(ctx, input)
  const { settled } = await onboardTenant(ctx, input)
  await settled
  return operatorKey(tenantId)
}

async function runOf(ctx: ProvisioningContext, checkout: string) {
  const [run] = await ctx.db.select().from(onboardingRuns).where(eq(onboardingRuns.checkoutSessionId, checkout))
  if (!run) throw new Error(`there is no run of ${checkout}`)
  return run
}

/** Somebody new. */
export async function newUserId(ctx: ProvisioningContext, email: string): Promise<string> {
  const [user] = await ctx.db.insert(users).values({ name: 'Ada Lovelace', email }).returning({ id: users.id })
  if (!user) throw new Error('the user was not inserted')
  return user.id
}
