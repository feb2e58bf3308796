import { checkouts, slugReservations } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { ensureMetaTables } from '../bootstrap/index.ts'
import { connectionReset, memoryBilling, memoryWarehouse, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { createCheckout } from './create-checkout.ts'

const { db } = await testDatabase()
let made = 0

async function arrange({ bootstrapped = true } = {}) {
  const clock = testClock({ start: new Date() })
  const ctx = {
    ...{ db, clock, ids: seededIds(`checkout ${made++}`), log: silentLog() },
    ...{ warehouse: memoryWarehouse({ clock }), billing: memoryBilling({ clock }) },
    settings: { webUrl: 'https://app.example' },
  }
  if (bootstrapped) await ensureMetaTables(ctx)
  return ctx
}

async function wanted(slug: string) {
  const { id: userId, email } = await newUser(db)
  return { userId, email, slug, plan: 'STARTER', companyName: 'Acme Corp' } as const
}

describe('createCheckout', () => {
  it('keeps its intent and the slug, and hands out where to pay', async () => {
    const ctx = await arrange()
    const input = await wanted('checkout_ok')
    const { checkoutSessionId, url } = await createCheckout(ctx, input)
    expect(url).toContain(checkoutSessionId)
    const [checkout] = await db.select().from(checkouts).where(eq(checkouts.userId, input.userId))
    expect(checkout).toMatchObject({ checkoutSessionId, slug: 'checkout_ok', plan: 'STARTER', companyName: 'Acme Corp' })
    const [reservation] = await db.select().from(slugReservations).where(eq(slugReservations.slug, 'checkout_ok'))
    expect(reservation).toMatchObject({ userId: input.userId, checkoutId: checkout?.id })
  })

  it('lets the same person start again with the same slug', async () => {
    const ctx = await arrange()
    const input = await wanted('once_more')
    const first = await createCheckout(ctx, input)
    const second = await createCheckout(ctx, { ...input, plan: 'SCALE' })
    expect(second.checkoutSessionId).not.toBe(first.checkoutSessionId)
  })

  it('asks the provider for nothing when the setup would not get through', async () => {
    const ctx = await arrange()
    await createCheckout(ctx, await wanted('is_taken'))
    const unready = await arrange({ bootstrapped: false })
    const unreachable = await arrange()
    unreachable.warehouse.failNext('ping', connectionReset())
    const cases = [
      [ctx, await wanted('is_taken'), 'SLUG_TAKEN'],
      [ctx, await wanted('No Slug'), 'SLUG_INVALID'],
      [ctx, { ...(await wanted('no_address')), email: 'nobody' }, 'INPUT_INVALID'],
      [unready, await wanted('not_ready'), 'SYSTEM_NOT_READY'],
      [unreachable, await wanted('no_warehouse'), 'NETWORK_UNREACHABLE'],
    ] as const
    for (const [context, input, code] of cases) {
      const before = context.billing.calls('createCheckout')
      await expect(createCheckout(context, input)).rejects.toMatchObject({ code })
      expect(context.billing.calls('createCheckout')).toBe(before)
      expect(await db.select().from(checkouts).where(eq(checkouts.userId, input.userId))).toEqual([])
    }
  })

  it('race: of ten people who want one slug at the same moment, one gets it', async () => {
    const ctx = await arrange()
    const people = await Promise.all(Array.from({ length: 10 }, () => wanted('contested')))
    const results = await Promise.allSettled(people.map((input) => createCheckout(ctx, input)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    for (const reason of reasons) expect(reason).toMatchObject({ code: 'SLUG_TAKEN' })
  })

  it('gives a slug away whose checkout can no longer be paid', async () => {
    const ctx = await arrange()
    const { id } = await newUser(db)
    const long = new Date(Date.now() - 1000)
    const values = { userId: id, plan: 'STARTER', slug: 'lapsed_one', companyName: 'Acme', expiresAt: long } as const
    const [checkout] = await db.insert(checkouts).values(values).returning()
    await db.insert(slugReservations).values({ slug: 'lapsed_one', userId: id, checkoutId: checkout?.id ?? '', expiresAt: long })
    const input = await wanted('lapsed_one')
    await createCheckout(ctx, input)
    const [reservation] = await db.select().from(slugReservations).where(eq(slugReservations.slug, 'lapsed_one'))
    expect(reservation).toMatchObject({ userId: input.userId })
  })
})
