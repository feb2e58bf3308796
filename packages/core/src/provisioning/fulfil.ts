import type { StartedRun } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { Checkout } from '../ports/index.ts'
import { advance } from './advance.ts'
import type { NewRun, Opened } from './journal.ts'
import { WORKABLE } from './run-machine.ts'
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
  const known = await openRun(ctx, input)
  if (known.part !== 'absent') return proceed(ctx, known)
  const checkout = await payableCheckout(ctx, input)
  const { userId, plan, slug, companyName } = checkout
  const made = await openRun(ctx, input, { origin: 'checkout', userId, plan, slug, companyName })
  return proceed(ctx, made, checkout)
}

/** Takes the run's lock where it can be had. `newRun` is for a run that does not exist yet. */
export function openRun(
  ctx: ProvisioningContext,
  { checkoutSessionId, userId, resume = false }: FulfilInput,
  newRun?: NewRun,
): Promise<Opened> {
  const { holder, lockTtlMs } = ctx.settings
  return ctx.journal.open({
    ...{ checkoutSessionId, resume, holder, ttlMs: lockTtlMs, states: WORKABLE, nextState: 'running', starts: true },
    ...(userId !== undefined && { userId }),
    ...(newRun && { newRun }),
  })
}

/** Advances a run that was opened, in the background; says who does otherwise. */
export function proceed(ctx: ProvisioningContext, opened: Opened, checkout?: Checkout): Fulfilment {
  if (opened.part === 'absent') throw new GangwayError('CHECKOUT_NOT_FOUND')
  const run = toView(opened.run)
  if (opened.part !== 'started') return { run, part: opened.part, settled: Promise.resolve() }
  ctx.wakeups.wake(run.id)
  return { run, part: 'started', settled: advance(ctx, { ...opened, checkout }) }
}

async function payableCheckout(ctx: ProvisioningContext, input: FulfilInput): Promise<Checkout> {
  const checkout = await ctx.billing.fetchCheckout(input.checkoutSessionId)
  if (!checkout || (input.userId !== undefined && checkout.userId !== input.userId)) throw new GangwayError('CHECKOUT_NOT_FOUND')
  if (checkout.status === 'expired') throw new GangwayError('CHECKOUT_EXPIRED')
  if (checkout.status === 'open' && !isPaid(checkout)) throw new GangwayError('CHECKOUT_UNPAID')
  return checkout
}
