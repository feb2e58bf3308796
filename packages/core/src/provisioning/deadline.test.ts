import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { testClock } from '../testing/index.ts'
import { looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { withDeadline } from './deadline.ts'
import { fulfil } from './fulfil.ts'

const database = await testDatabase()
const { run, tenant } = looksAt(database)

describe('withDeadline', () => {
  it('fails what takes too long and tells it so, and leaves alone what does not', async () => {
    const clock = testClock()
    let told: AbortSignal | undefined
    const late = withDeadline(clock, 1000, (signal) => {
      told = signal
      return new Promise(() => {})
    })
    const checked = expect(late).rejects.toMatchObject({ code: 'STAGE_TIMED_OUT' })
    await clock.advance(999)
    expect(told?.aborted).toBe(false)
    await clock.advance(1)
    await checked
    expect(told?.aborted).toBe(true)
    expect(await withDeadline(clock, 1000, async () => 7)).toBe(7)
  })

  it('gives a stage that hangs another try', async () => {
    const { ctx, warehouse, clock, paidCheckout } = await newWorld(database)
    let hangs = 0
    const hanging = {
      ...ctx,
      warehouse: {
        ...warehouse,
        ensureDataset: (...args: Parameters<typeof warehouse.ensureDataset>) =>
          hangs++ === 0 ? new Promise<'created'>(() => {}) : warehouse.ensureDataset(...args),
      },
    }
    const { run: view, settled } = await fulfil(hanging, { checkoutSessionId: await paidCheckout() })
    await expect.poll(() => hangs).toBe(1)
    await clock.advance(60_000)
    await settled
    expect(await run(view.id)).toMatchObject({ state: 'succeeded' })
    expect(await tenant(view.id)).toMatchObject({ onboarded: 1 })
  })
})
