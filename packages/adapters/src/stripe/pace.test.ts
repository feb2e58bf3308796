import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@gangway/core/ports'
import { testClock } from '@gangway/core/testing'
import { describe, expect, it } from 'vitest'
import { openStripe } from './client.ts'
import { startFakeStripe } from './fake/fake-stripe.ts'
import { PROBLEMS } from './fake/problem.ts'
import { createPace } from './pace.ts'

describe('the pace', () => {
  it('lets five through at once, and then one every 50 ms', async () => {
    const clock = testClock({ autoUpToMs: 1000 })
    const pace = createPace(clock)
    for (let n = 0; n < 8; n++) await pace.turn('refunds')
    expect(clock.sleeps).toEqual([50, 50, 50])
  })

  it('never comes to more than 25 within any second', async () => {
    const clock = testClock({ autoUpToMs: 1000 })
    const pace = createPace(clock)
    const times: number[] = []
    for (let n = 0; n < 120; n++) {
      await pace.turn('refunds')
      times.push(clock.now().getTime())
    }
    const within = times.map((start) => times.filter((at) => at >= start && at < start + 1000).length)
    expect(Math.max(...within)).toBeLessThanOrEqual(25)
  })

  it('keeps lanes apart', async () => {
    const clock = testClock({ autoUpToMs: 1000 })
    const pace = createPace(clock)
    for (let n = 0; n < 5; n++) for (const lane of ['refunds', 'prices']) await pace.turn(lane)
    expect(clock.sleeps).toEqual([])
  })

  it('holds a lane back for as long as Stripe asks', async () => {
    const clock = testClock({ autoUpToMs: 10_000 })
    const fake = await startFakeStripe({ clock })
    try {
      const stripe = openStripe({ secretKey: fake.secretKey, clock, apiBase: fake.server.url })
      fake.server.fail({ kind: 'status', ...PROBLEMS.rateLimit, headers: { 'retry-after': '7' } })
      await expect(stripe.prices.list()).rejects.toThrow('rate limit')
      const heldBackAt = clock.now().getTime()
      await stripe.events.list()
      expect(clock.now().getTime()).toBe(heldBackAt)
      await stripe.prices.list()
      expect(clock.now().getTime() - heldBackAt).toBeGreaterThanOrEqual(7000)
    } finally {
      await fake.close()
    }
  })

  it('is what Stripe takes, by the wall clock', async () => {
    const clock: Clock = { now: () => new Date(), sleep: (ms) => sleep(ms) }
    const fake = await startFakeStripe({ clock, requestsPerSecond: 25 })
    try {
      const stripe = openStripe({ secretKey: fake.secretKey, clock, apiBase: fake.server.url })
      const found = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => stripe.subscriptions.retrieve(`sub_${n}a`)))
      for (const result of found) expect(result).toMatchObject({ reason: { statusCode: 404 } })
    } finally {
      await fake.close()
    }
  })
})
