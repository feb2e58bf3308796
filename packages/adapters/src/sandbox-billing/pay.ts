import { GangwayError } from '@gangway/core/errors'
import { sandboxCheckouts } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { PaySandboxCheckoutInput } from '@gangway/schemas/checkout'
import { and, eq, gt } from 'drizzle-orm'
import { type SandboxRow, statusAt } from './checkout-state.ts'
import { findRow, redirectUrl } from './checkouts.ts'
import { EVENT_TYPES } from './events.ts'
import { BASE62, type SandboxContext } from './sandbox-context.ts'

const LATE_MS = 20_000
const CLEARS_AFTER_MS = 15_000

/**
 * Plays a payment and plans its webhooks, in one transaction. Throws CHECKOUT_NOT_FOUND, CHECKOUT_EXPIRED,
 * CHECKOUT_ALREADY_PAID, and PAYMENT_DECLINED when that is what was asked for.
 */
export async function paySandboxCheckout(ctx: SandboxContext, input: PaySandboxCheckoutInput): Promise<{ redirectUrl: string }> {
  const now = ctx.clock.now()
  assertOpen(await findRow(ctx, input.checkoutSessionId), now)
  if (input.payment === 'declined') throw new GangwayError('PAYMENT_DECLINED')

  const clearsAt = input.payment === 'clears_later' ? new Date(now.getTime() + CLEARS_AFTER_MS) : null
  const paid = await inTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .update(sandboxCheckouts)
      .set({
        status: 'complete',
        paymentStatus: clearsAt ? 'unpaid' : 'paid',
        clearsAt,
        paidAt: clearsAt ? null : now,
        delivery: input.delivery,
      })
      .where(
        and(
          eq(sandboxCheckouts.id, input.checkoutSessionId),
          eq(sandboxCheckouts.status, 'open'),
          gt(sandboxCheckouts.expiresAt, now),
        ),
      )
      .returning()
    if (row) await planWebhooks(ctx, tx, row)
    return row
  })
  // Somebody else paid between the look and the update.
  if (!paid) throw new GangwayError('CHECKOUT_ALREADY_PAID')
  return { redirectUrl: redirectUrl(paid) }
}

function assertOpen(row: SandboxRow | undefined, now: Date): void {
  if (!row) throw new GangwayError('CHECKOUT_NOT_FOUND')
  const status = statusAt(row, now)
  if (status === 'expired') throw new GangwayError('CHECKOUT_EXPIRED')
  if (status === 'complete') throw new GangwayError('CHECKOUT_ALREADY_PAID')
}

/** One event for the payment, and another when it clears; each is delivered as chosen on the page. */
async function planWebhooks(ctx: SandboxContext, tx: Tx, { id, delivery, clearsAt }: SandboxRow): Promise<void> {
  const now = ctx.clock.now()
  const events = [{ type: EVENT_TYPES.completed, at: now }, ...(clearsAt ? [{ type: EVENT_TYPES.cleared, at: clearsAt }] : [])]
  const copies = delivery === 'never' ? 0 : delivery === 'twice' ? 2 : 1
  const delayMs = delivery === 'late' ? LATE_MS : 0
  for (const { type, at } of events) {
    const payload = { checkoutSessionId: id, eventId: `evt_sandbox_${ctx.ids.random(24, BASE62)}`, type }
    const startAfter = new Date(at.getTime() + delayMs)
    const options = startAfter > now ? { startAfter } : {}
    for (let copy = 0; copy < copies; copy++) await ctx.jobs.enqueue(tx, 'sandbox.deliver-webhook', payload, options)
  }
}
