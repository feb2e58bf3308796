import { onboardingLocks, onboardingRuns, organizations } from '@gangway/db/schema'
import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import { and, eq, gt, sql } from 'drizzle-orm'
import { GangwayError } from '../../errors/index.ts'
import { cancelRun, chooseSlug, retryRun, rollBackRun } from '../../provisioning/index.ts'
import type { Model } from './model.ts'
import type { Real } from './real.ts'

export async function runOf({ ctx, checkoutSessionId }: Real) {
  const [run] = await ctx.db.select().from(onboardingRuns).where(eq(onboardingRuns.checkoutSessionId, checkoutSessionId))
  return run
}

async function isLocked({ ctx, checkoutSessionId }: Real): Promise<boolean> {
  const held = and(eq(onboardingLocks.checkoutSessionId, checkoutSessionId), gt(onboardingLocks.expiresAt, sql`now()`))
  return (await ctx.db.select({ lockId: onboardingLocks.lockId }).from(onboardingLocks).where(held)).length > 0
}

/** Who does it: an admin's process, and whether it may sleep on the way, so that the world is another one when it wakes. */
export interface Actor {
  process: Real['ctx']
  mayFallAsleep: boolean
}

interface Act {
  actor: Actor
  /** Whether it has to be let in. */
  allowed: boolean
  work: () => Promise<unknown>
}

const TOO_LATE = new Set(['RUN_STATE_INVALID', 'LOCK_LOST'])

/** What is allowed is done, and anything else is refused with RUN_STATE_INVALID. */
async function expectRefusalUnless({ actor, allowed, work }: Act): Promise<void> {
  try {
    await work()
  } catch (error) {
    const code = error instanceof GangwayError ? error.code : ''
    if (actor.mayFallAsleep ? TOO_LATE.has(code) : code === 'RUN_STATE_INVALID' && !allowed) return
    throw error
  }
  if (!allowed && !actor.mayFallAsleep) throw new Error('this should have been refused')
}

export async function retry(real: Real, actor: Actor, stage?: StageId): Promise<void> {
  const [run, locked] = [await runOf(real), await isLocked(real)]
  if (!run) return
  const { checkoutSessionId } = real
  const reached = !stage || STAGE_IDS.indexOf(stage) <= run.stagesCompleted
  // Without a stage, whoever meets a lock joins its holder.
  const allowed = run.state === 'failed' && reached && (!stage || !locked)
  await expectRefusalUnless({
    ...{ actor, allowed },
    work: async () => {
      const { settled, run: seen } = await retryRun(actor.process, {
        runId: run.id,
        actorId: run.userId,
        ...(stage && { fromStage: stage }),
      })
      await settled
      if (seen.checkoutSessionId !== checkoutSessionId) throw new Error('another run was retried')
    },
  })
}

export async function cancel(real: Real, actor: Actor, model: Model): Promise<void> {
  const [run, locked] = [await runOf(real), await isLocked(real)]
  if (!run) return
  model.cancelWanted = true
  await expectRefusalUnless({
    ...{ actor, allowed: run.state === 'failed' && !locked },
    work: () => cancelRun(actor.process, { runId: run.id, actorId: run.userId, reason: 'as the model says' }),
  })
}

export async function rollBack(real: Real, actor: Actor): Promise<void> {
  const run = await runOf(real)
  if (!run) return
  await expectRefusalUnless({
    ...{ actor, allowed: run.state === 'cancelled' },
    work: async () => (await rollBackRun(actor.process, { runId: run.id, actorId: run.userId })).settled,
  })
}

/** Somebody else gets an organization of that name first. */
export async function takeSlug({ ctx, slug }: Real): Promise<void> {
  await ctx.db.insert(organizations).values({ runId: ctx.ids.uuid(), slug, name: 'Somebody else' }).onConflictDoNothing()
}

export async function chooseAnotherSlug(real: Real): Promise<void> {
  const run = await runOf(real)
  if (!run) return
  const { ctx, checkoutSessionId, user } = real
  const slug = `model_${ctx.ids.random(12, 'abcdefghijklmnopqrstuvwxyz')}`
  const process = real.process()
  await expectRefusalUnless({
    actor: { process, mayFallAsleep: false },
    allowed: run.state === 'failed' && run.failure?.code === 'SLUG_TAKEN',
    work: async () => (await chooseSlug(process, { userId: user.id, checkoutSessionId, slug })).settled,
  })
}
