import { GangwayError } from '@gangway/core/errors'
import type { Checkout, CreatedCheckout, NewCheckout, Subscription } from '@gangway/core/ports'
import { sandboxCheckouts } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { SandboxCheckout } from '@gangway/schemas/checkout'
import { WEB_LINKS } from '@gangway/schemas/links'
import { PLANS } from '@gangway/schemas/plans'
import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import {
  checkoutAt,
  ID_PREFIX,
  isPaidAt,
  type SandboxRow,
  statusAt,
  SUBSCRIPTION_PREFIX,
  subscriptionAt,
} from './checkout-state.ts'
import { BASE62, type SandboxContext } from './sandbox-context.ts'

/** As Stripe's do unless told otherwise. */
const EXPIRES_AFTER_MS = 24 * 60 * 60 * 1000

export async function createCheckout(ctx: SandboxContext, input: NewCheckout): Promise<CreatedCheckout> {
  const { idempotencyKey, userId, plan, slug, companyName, successUrl, cancelUrl } = input
  const createdAt = ctx.clock.now()
  await inTransaction(ctx.db, (tx) =>
    tx
      .insert(sandboxCheckouts)
      .values({
        id: ID_PREFIX + ctx.ids.random(24, BASE62),
        ...{ idempotencyKey, userId, plan, slug, companyName, successUrl, cancelUrl },
        amount: PLANS[plan].amount,
        currency: PLANS[plan].currency,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + EXPIRES_AFTER_MS),
      })
      .onConflictDoNothing({ target: sandboxCheckouts.idempotencyKey }),
  )
  const [row] = await ctx.db.select().from(sandboxCheckouts).where(eq(sandboxCheckouts.idempotencyKey, idempotencyKey))
  if (!row) throw new GangwayError('CHECKOUT_NOT_FOUND')
  return { checkoutSessionId: row.id, url: ctx.webUrl + WEB_LINKS.sandboxCheckout(row.id), expiresAt: row.expiresAt }
}

export async function fetchCheckout(ctx: SandboxContext, checkoutSessionId: string): Promise<Checkout | null> {
  const row = await findRow(ctx, checkoutSessionId)
  return row ? checkoutAt(row, ctx.clock.now()) : null
}

export async function fetchSubscription(ctx: SandboxContext, subscriptionId: string): Promise<Subscription | null> {
  if (!subscriptionId.startsWith(SUBSCRIPTION_PREFIX)) return null
  const row = await findRow(ctx, subscriptionId.replace(SUBSCRIPTION_PREFIX, ID_PREFIX))
  return row ? subscriptionAt(row, ctx.clock.now()) : null
}

/** What the checkout page shows. Throws CHECKOUT_NOT_FOUND. */
export async function getSandboxCheckout(ctx: SandboxContext, checkoutSessionId: string): Promise<SandboxCheckout> {
  const row = await findRow(ctx, checkoutSessionId)
  if (!row) throw new GangwayError('CHECKOUT_NOT_FOUND')
  const { id, plan, companyName, amount, currency, cancelUrl } = row
  return {
    id,
    plan,
    companyName,
    amount,
    currency,
    cancelUrl,
    successUrl: redirectUrl(row),
    status: statusAt(row, ctx.clock.now()),
  }
}

export async function listPaidCheckouts(ctx: SandboxContext, since: Date): Promise<Checkout[]> {
  const now = ctx.clock.now()
  const rows = await ctx.db
    .select()
    .from(sandboxCheckouts)
    .where(
      and(
        gte(sandboxCheckouts.createdAt, since),
        or(eq(sandboxCheckouts.paymentStatus, 'paid'), lte(sandboxCheckouts.clearsAt, now)),
      ),
    )
    .orderBy(desc(sandboxCheckouts.createdAt))
  return rows.map((row) => checkoutAt(row, now))
}

/** Money goes back once, whatever the key. Throws CHECKOUT_NOT_FOUND and CHECKOUT_UNPAID. */
export async function refund(ctx: SandboxContext, checkoutSessionId: string): Promise<void> {
  const now = ctx.clock.now()
  const row = await findRow(ctx, checkoutSessionId)
  if (!row) throw new GangwayError('CHECKOUT_NOT_FOUND')
  if (!isPaidAt(row, now)) throw new GangwayError('CHECKOUT_UNPAID')
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(sandboxCheckouts)
      .set({ refundedAt: now })
      .where(and(eq(sandboxCheckouts.id, checkoutSessionId), isNull(sandboxCheckouts.refundedAt))),
  )
}

export async function findRow(ctx: Pick<SandboxContext, 'db'>, checkoutSessionId: string): Promise<SandboxRow | undefined> {
  const [row] = await ctx.db.select().from(sandboxCheckouts).where(eq(sandboxCheckouts.id, checkoutSessionId))
  return row
}

/** Where the browser goes once the payment is made. */
export function redirectUrl({ id, successUrl }: SandboxRow): string {
  return successUrl.replaceAll('{CHECKOUT_SESSION_ID}', encodeURIComponent(id))
}
