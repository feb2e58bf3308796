import { keyReveals, onboardingLocks, onboardingRuns } from '@gangway/db/schema'
import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { isDue } from './failure.ts'
import { type Fulfilment, fulfil } from './fulfil.ts'
import { seeRollBackThrough } from './roll-back-run.ts'
import { syncAllPending } from './sync-pending.ts'

export interface Sweep {
  /** How many runs this process advances now. */
  advanced: number
  /** Resolves, and never rejects, when it has no more to do for them. */
  settled: Promise<void>
}

/** Runs, and pending syncs, taken up by one sweep, so that one process does not take all. */
const AT_ONCE = 50

/**
 * Takes up what stands still: runs whose holder died, transient failures whose pause is over, payments that may have
 * cleared, roll-backs that were decided, pending syncs. Any number of processes may sweep: the lock decides.
 */
export async function sweep(ctx: ProvisioningContext): Promise<Sweep> {
  await forgetExpiredReveals(ctx)
  await syncAllPending(ctx, { limit: AT_ONCE })
  const { state, refundKey, nextAttemptAt, updatedAt } = onboardingRuns
  const { expiresAt } = onboardingLocks
  const due = await ctx.db
    .select({ checkoutSessionId: onboardingRuns.checkoutSessionId, state })
    .from(onboardingRuns)
    .leftJoin(onboardingLocks, eq(onboardingLocks.checkoutSessionId, onboardingRuns.checkoutSessionId))
    .where(
      and(
        or(isNull(onboardingLocks.lockId), lt(expiresAt, sql`now()`)),
        or(
          inArray(state, ['pending', 'running']),
          and(eq(state, 'cancelled'), isNotNull(refundKey), or(isNull(nextAttemptAt), isDue(nextAttemptAt, ctx.clock))),
          and(inArray(state, ['failed', 'awaiting_payment']), isDue(nextAttemptAt, ctx.clock)),
        ),
      ),
    )
    // Since when it stands still, longest first: nobody is passed over for those who come after them. No pause is longer
    // than an hour, so a later time was written by a clock that was wrong.
    .orderBy(sql`coalesce(${expiresAt}, least(coalesce(${nextAttemptAt}, ${updatedAt}), ${updatedAt} + interval '1 hour'))`)
    .limit(AT_ONCE)
  return takeUpAll(ctx, due)
}

const HOUR_MS = 60 * 60 * 1000
/** A checkout is open for a day: whoever has paid just now may have begun so long ago. */
const RECENT_MS = 25 * HOUR_MS
/** An outage can be longer than that, and a debit takes days to clear. */
const LONG_AGO_MS = 7 * 24 * HOUR_MS
/** Looked up at once among the runs. */
const CHUNK = 1000

/**
 * Checkouts that were paid while nobody was told of it: the webhook lost, the page closed. `recent` is for every few
 * minutes, `all` for now and then: it goes through a week of payments, page after page.
 */
export async function sweepPaidCheckouts(ctx: ProvisioningContext, span: 'recent' | 'all' = 'all'): Promise<Sweep> {
  const since = ctx.clock.now().getTime() - (span === 'recent' ? RECENT_MS : LONG_AGO_MS)
  const ids = (await ctx.billing.listPaidCheckouts(new Date(since))).map(({ checkoutSessionId }) => checkoutSessionId)
  const without: string[] = []
  for (let start = 0; start < ids.length && without.length < AT_ONCE; start += CHUNK) {
    without.push(...(await withoutRun(ctx, ids.slice(start, start + CHUNK))))
  }
  return takeUpAll(
    ctx,
    without.slice(0, AT_ONCE).map((checkoutSessionId) => ({ checkoutSessionId, state: 'pending' })),
  )
}

async function withoutRun(ctx: ProvisioningContext, ids: string[]): Promise<string[]> {
  const known = await ctx.db
    .select({ checkoutSessionId: onboardingRuns.checkoutSessionId })
    .from(onboardingRuns)
    .where(inArray(onboardingRuns.checkoutSessionId, ids))
  const withRun = new Set(known.map(({ checkoutSessionId }) => checkoutSessionId))
  return ids.filter((id) => !withRun.has(id))
}

interface Due {
  checkoutSessionId: string
  state: string
}

async function takeUpAll(ctx: ProvisioningContext, due: Due[]): Promise<Sweep> {
  const taken = await Promise.all(due.map((run) => takeUp(ctx, run)))
  const started = taken.flatMap((fulfilment) => (fulfilment?.part === 'started' ? [fulfilment.settled] : []))
  return { advanced: started.length, settled: Promise.all(started).then(() => {}) }
}

async function takeUp(ctx: ProvisioningContext, { checkoutSessionId, state }: Due): Promise<Fulfilment | undefined> {
  try {
    return state === 'cancelled' ? await seeRollBackThrough(ctx, checkoutSessionId) : await fulfil(ctx, { checkoutSessionId })
  } catch (error) {
    ctx.log.error({ err: error, checkoutSessionId }, 'a run could not be taken up')
    return undefined
  }
}

/** A ciphertext has no business after its time. */
async function forgetExpiredReveals(ctx: ProvisioningContext): Promise<void> {
  await ctx.db
    .update(keyReveals)
    .set({ sealed: null })
    .where(and(isNotNull(keyReveals.sealed), lt(keyReveals.expiresAt, sql`now()`)))
}
