import { onboardingRuns } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { STAGE_IDS, type StartedRun } from '@gangway/schemas/provisioning'
import { eq } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { Checkout } from '../ports/index.ts'
import { advance } from './advance.ts'
import { findRun } from './find-run.ts'
import { type Run, writeStep } from './journal.ts'
import { acquireLock, type Lease } from './lock.ts'
import { toRunning } from './run-machine.ts'
import { isPaid } from './stages/verify-payment.ts'
import { toView } from './view.ts'

export interface FulfilInput {
  checkoutSessionId: string
  /** The person who asks, where a person does: the checkout has to be theirs. */
  userId?: string
  /** Goes on with a run that stands still until somebody does something: set by those who did. */
  resume?: boolean
}

export interface Fulfilment extends StartedRun {
  /** Resolves, and never rejects, when this process has no more to do for the run. */
  settled: Promise<void>
}

/**
 * The only way in: called by the success page, the webhook and the sweeper, in any order, any number of times, from any
 * process. Answers as soon as it is clear who advances the run.
 *
 * Throws CHECKOUT_NOT_FOUND, CHECKOUT_UNPAID or CHECKOUT_EXPIRED where there is nothing to bring to a tenant.
 */
export async function fulfil(ctx: ProvisioningContext, input: FulfilInput): Promise<Fulfilment> {
  const run = await findRun(ctx, input.checkoutSessionId)
  if (run && input.userId !== undefined && run.userId !== input.userId) throw new GangwayError('CHECKOUT_NOT_FOUND')
  if (run && !goesOn(run, input)) return { run: toView(run), part: 'settled', settled: Promise.resolve() }

  const checkout = run ? undefined : await payableCheckout(ctx, input)
  const opened = await inTransaction(ctx.db, (tx) => open(tx, ctx, { checkoutSessionId: input.checkoutSessionId, checkout }))
  ctx.wakeups.wake(opened.run.id)
  const view = toView(opened.run)
  if (!opened.lease) return { run: view, part: opened.part, settled: Promise.resolve() }
  const settled = advance(ctx, { run: opened.run, lease: opened.lease, checkout })
  return { run: view, part: 'started', settled }
}

/** Whether a call has something to advance. A failure that a person must fix waits for that person. */
function goesOn(run: Run, input: FulfilInput): boolean {
  if (toRunning(run.state) === null) return false
  if (run.state === 'failed' && run.failure?.kind !== 'transient') return input.resume === true
  return true
}

async function payableCheckout(ctx: ProvisioningContext, input: FulfilInput): Promise<Checkout> {
  const checkout = await ctx.billing.fetchCheckout(input.checkoutSessionId)
  if (!checkout || (input.userId !== undefined && checkout.userId !== input.userId)) throw new GangwayError('CHECKOUT_NOT_FOUND')
  if (checkout.status === 'expired') throw new GangwayError('CHECKOUT_EXPIRED')
  if (checkout.status === 'open' && !isPaid(checkout)) throw new GangwayError('CHECKOUT_UNPAID')
  return checkout
}

type Opened = { run: Run; lease: Lease; part: 'started' } | { run: Run; lease: null; part: 'joined' | 'settled' }

/** Makes the run where there is none, takes its lock, and puts it to work: one transaction, whoever comes first. */
async function open(tx: Tx, ctx: ProvisioningContext, asked: { checkoutSessionId: string; checkout: Checkout | undefined }): Promise<Opened> {
  const { checkoutSessionId, checkout } = asked
  if (checkout) {
    const { userId, plan, slug, companyName } = checkout
    await tx.insert(onboardingRuns).values({ checkoutSessionId, userId, plan, slug, companyName }).onConflictDoNothing()
  }
  const lease = await acquireLock(tx, ctx, checkoutSessionId)
  const ofThisCheckout = eq(onboardingRuns.checkoutSessionId, checkoutSessionId)
  const [run] = lease
    ? await tx.update(onboardingRuns).set({ fencingToken: lease.fencingToken }).where(ofThisCheckout).returning()
    : await tx.select().from(onboardingRuns).where(ofThisCheckout)
  if (!run) throw new GangwayError('CHECKOUT_NOT_FOUND')
  if (!lease) return { run, lease: null, part: 'joined' }
  const state = toRunning(run.state)
  if (state === null) {
    // It ended between the look and the lock.
    await writeStep(tx, ctx, { run, lease, step: { events: [], release: true } })
    return { run, lease: null, part: 'settled' }
  }
  const stage = STAGE_IDS[run.stagesCompleted]
  const started = await writeStep(tx, ctx, {
    run,
    lease,
    step: {
      events: stage ? [{ stage, status: 'started', attempt: 1 }] : [],
      patch: { state, failure: null, nextAttemptAt: null, startedAt: run.startedAt ?? ctx.clock.now() },
    },
  })
  return { run: started, lease, part: 'started' }
}
