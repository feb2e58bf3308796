import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { fulfil } from './fulfil.ts'
import { progress } from './progress.ts'
import { newWorld } from '../testing/world.ts'

const database = await testDatabase()

describe('progress', () => {
  it('replays, follows live, and ends: two streams, one from the middle, see each event once', async () => {
    const { ctx, user, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    const watch = async (after: number) => {
      const seen: number[] = []
      const { signal } = new AbortController()
      for await (const event of progress(ctx, { checkoutSessionId: id, userId: user.id, after, signal })) seen.push(event.seq)
      return seen
    }
    const { settled } = await fulfil(ctx, { checkoutSessionId: id })
    const [whole, rest] = await Promise.all([watch(0), watch(4), settled])
    expect(whole).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(rest).toEqual([5, 6, 7, 8, 9, 10])
    expect(await watch(0)).toEqual(whole)
  })

  it('is nobody else’s business', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const stranger = await newWorld(database)
    const id = await paidCheckout()
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    const stream = progress(ctx, {
      checkoutSessionId: id,
      userId: stranger.user.id,
      after: 0,
      signal: new AbortController().signal,
    })
    await expect(stream.next()).rejects.toMatchObject({ code: 'CHECKOUT_NOT_FOUND' })
  })

  it('ends when the reader hangs up', async () => {
    const { ctx, user, billing, clock, paidCheckout } = await newWorld(database)
    const id = await paidCheckout()
    billing.pay(id, new Date(clock.now().getTime() + 60_000))
    await (
      await fulfil(ctx, { checkoutSessionId: id })
    ).settled
    const reader = new AbortController()
    const seen: string[] = []
    for await (const event of progress(ctx, { checkoutSessionId: id, userId: user.id, after: 0, signal: reader.signal })) {
      seen.push(event.runState)
      if (event.runState === 'awaiting_payment') reader.abort()
    }
    expect(seen).toEqual(['running', 'awaiting_payment'])
  })
})
