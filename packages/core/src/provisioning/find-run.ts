import { onboardingRuns } from '@gangway/db/schema'
import { desc, eq } from 'drizzle-orm'
import type { RunView } from '@gangway/schemas/provisioning'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { Run } from './run-row.ts'
import { toView } from './view.ts'

export async function findRun(ctx: BaseContext, checkoutSessionId: string): Promise<Run | undefined> {
  const [run] = await ctx.db.select().from(onboardingRuns).where(eq(onboardingRuns.checkoutSessionId, checkoutSessionId))
  return run
}

/** Throws RUN_NOT_FOUND. */
export async function runById(ctx: BaseContext, id: string): Promise<Run> {
  const [run] = await ctx.db.select().from(onboardingRuns).where(eq(onboardingRuns.id, id))
  if (!run) throw new GangwayError('RUN_NOT_FOUND')
  return run
}

/** A person's own run. Somebody else's is answered like one that does not exist: CHECKOUT_NOT_FOUND. */
export async function ownRun(ctx: BaseContext, who: { userId: string; checkoutSessionId: string }): Promise<Run> {
  const run = await findRun(ctx, who.checkoutSessionId)
  if (!run || run.userId !== who.userId) throw new GangwayError('CHECKOUT_NOT_FOUND')
  return run
}

export async function getRun(ctx: BaseContext, who: { userId: string; checkoutSessionId: string }): Promise<RunView> {
  return toView(await ownRun(ctx, who))
}

/** A person's runs, newest first. */
export async function listRuns(ctx: BaseContext, who: { userId: string }): Promise<RunView[]> {
  const runs = await ctx.db
    .select()
    .from(onboardingRuns)
    .where(eq(onboardingRuns.userId, who.userId))
    .orderBy(desc(onboardingRuns.createdAt))
    .limit(20)
  return runs.map(toView)
}
