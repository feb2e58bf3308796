import { checkouts, slugReservations } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import type { CreateCheckoutInput } from '@gangway/schemas/checkout'
import { WEB_LINKS } from '@gangway/schemas/links'
import { and, eq, lt, or, sql } from 'drizzle-orm'
import type { CheckoutContext } from '../context.ts'
import { assertChecksPass } from '../dry-run/index.ts'
import { GangwayError } from '../errors/index.ts'
import type { CreatedCheckout } from '../ports/index.ts'
import { recordFact } from '../telemetry/index.ts'

/** How long a checkout can be paid, and so how long it holds its slug. */
export const CHECKOUT_MS = 24 * 60 * 60 * 1000

/**
 * Everything that could stop the setup is found before anybody pays, by the checks of a dry run. The intent is on record
 * before the provider is asked. Throws SLUG_TAKEN, and the codes of the checks.
 */
export async function createCheckout(
  ctx: CheckoutContext,
  input: CreateCheckoutInput & { userId: string; email: string },
): Promise<CreatedCheckout> {
  const { userId, email, plan, slug, companyName } = input
  await assertChecksPass(ctx, { tenantId: slug, companyName, adminEmail: email, plan, userId })

  const id = ctx.ids.uuid()
  const expiresAt = new Date(ctx.clock.now().getTime() + CHECKOUT_MS)
  await inTransaction(ctx.db, async (tx) => {
    await tx.insert(checkouts).values({ id, userId, plan, slug, companyName, expiresAt })
    await reserveSlug(tx, { slug, userId, checkoutId: id, expiresAt })
    await recordFact(tx, { name: 'checkout_started', of: id, userId, at: ctx.clock.now(), props: { plan } })
  })
  const created = await ctx.billing.createCheckout({
    ...{ idempotencyKey: id, userId, email, plan, slug, companyName },
    successUrl: ctx.settings.webUrl + WEB_LINKS.success('{CHECKOUT_SESSION_ID}').replace('%7B', '{').replace('%7D', '}'),
    cancelUrl: ctx.settings.webUrl + WEB_LINKS.plan(),
  })
  await keepCreated(ctx, id, created)
  return created
}

/** The provider says until when it can be paid: for as long, at least, the slug is held. */
async function keepCreated(ctx: CheckoutContext, id: string, { checkoutSessionId, expiresAt }: CreatedCheckout): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    await tx.update(checkouts).set({ checkoutSessionId, expiresAt }).where(eq(checkouts.id, id))
    await tx
      .update(slugReservations)
      .set({ expiresAt })
      .where(and(eq(slugReservations.checkoutId, id), lt(slugReservations.expiresAt, expiresAt)))
  })
}

/** One row per slug settles who has it: a reservation is replaced when it is the person's own or has run out. */
async function reserveSlug(
  tx: Tx,
  reservation: { slug: string; userId: string; checkoutId: string; expiresAt: Date },
): Promise<void> {
  const { userId, checkoutId, expiresAt } = reservation
  const reserved = await tx
    .insert(slugReservations)
    .values(reservation)
    .onConflictDoUpdate({
      target: slugReservations.slug,
      set: { userId, checkoutId, expiresAt },
      setWhere: or(eq(slugReservations.userId, userId), lt(slugReservations.expiresAt, sql`now()`)),
    })
    .returning({ slug: slugReservations.slug })
  if (reserved.length === 0) throw new GangwayError('SLUG_TAKEN')
}
