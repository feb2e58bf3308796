import type { TestDatabase } from '@gangway/db/testing'
import type { ProvisioningContext } from '../../context.ts'
import { sweep, sweepPaidCheckouts } from '../../provisioning/index.ts'
import { GangwayError } from '../../errors/index.ts'
import { connectionReset } from '../faults.ts'
import { type Reach, withPoints } from '../points.ts'
import { newWorld } from '../world.ts'

export type FaultKind = 'transient' | 'permanent' | 'customer'

interface Sleeper {
  wake: () => void
  done: Promise<unknown>
  /** That of the lock, where it was held. */
  token: number | undefined
}

interface SleepyProcess {
  process: ProvisioningContext
  asleep: Promise<void>
  wake: () => void
}

interface ArmedFault {
  point: string
  kind: FaultKind
  times: number
}

/** One run of a world of its own, and everything that can go wrong with it. */
export async function newReal(database: TestDatabase) {
  const world = await newWorld(database)
  const { ctx: whole, billing, clock, user } = world
  // A holder that is slow here is one that sleeps: its stage's time is not over.
  const ctx = { ...whole, settings: { ...whole.settings, stageDeadlineMs: 1e12, heartbeatMs: 1e12 } }
  const slug = `model_${ctx.ids.random(12, 'abcdefghijklmnopqrstuvwxyz')}`
  const { checkoutSessionId } = await billing.createCheckout({
    ...{ idempotencyKey: slug, userId: user.id, email: user.email, plan: 'STARTER', slug, companyName: 'Acme Corp' },
    ...{ successUrl: 'https://app.example/s', cancelUrl: 'https://app.example/c' },
  })
  let faults: ArmedFault[] = []
  const sleepers: Sleeper[] = []

  function breakIfArmed(point: string): void {
    const fault = faults.find((each) => each.point === point && each.times > 0)
    if (!fault) return
    fault.times -= 1
    if (fault.kind === 'transient') throw connectionReset()
    if (fault.kind === 'customer') throw new GangwayError('DATA_REJECTED')
    throw new Error(`broken: ${point}`)
  }

  /** A process of its own: another journal, another name in the lock. */
  function process(reach: Reach = () => {}) {
    const settings = { ...ctx.settings, holder: `model-${ctx.ids.random(6, 'abcdef')}` }
    return withPoints({ ...ctx, settings }, async (point) => {
      await reach(point)
      breakIfArmed(point)
    })
  }

  /** One that is gone for good at the `nth` point that it reaches: nothing that it does after that has any effect. */
  function dyingProcess(nth: number) {
    let left = nth
    return process(() => {
      left -= 1
      if (left < 0) throw new Error('the process is dead')
    })
  }

  /** One that falls asleep where `isThere`, once; `asleep` tells when. Never in a transaction: the server would end it. */
  function sleepyProcess(isThere: (point: string) => boolean) {
    let fallAsleep = () => {}
    let wake = () => {}
    let slept = false
    const asleep = new Promise<void>((resolve) => (fallAsleep = resolve))
    const woken = new Promise<void>((resolve) => (wake = resolve))
    const sleepy = process(async (point) => {
      if (slept || point.includes('jobs.') || !isThere(point)) return
      slept = true
      fallAsleep()
      await woken
    })
    return { process: sleepy, asleep, wake }
  }

  /** Lets a process work until it is done or asleep. */
  async function whileAwake({ process: { settings }, asleep, wake }: SleepyProcess, done: Promise<unknown>): Promise<void> {
    await Promise.race([asleep, done])
    const [held] = await database.sql<{ token: string }[]>`
      select fencing_token as token from onboarding_locks where checkout_session_id = ${checkoutSessionId} and holder = ${settings.holder}`
    sleepers.push({ wake, done, token: held && Number(held.token) })
  }

  /** Whoever held the lock when they fell asleep, and were overtaken, change nothing any more. */
  async function wakeUp({ wake, done, token }: Sleeper): Promise<void> {
    const before = await row()
    wake()
    await done
    const overtaken = token !== undefined && Number(before?.['fencing_token']) > token
    if (overtaken && JSON.stringify(await row()) !== JSON.stringify(before)) throw new Error('whoever was overtaken has written')
  }

  async function row() {
    const [found] = await database.sql`select * from onboarding_runs where checkout_session_id = ${checkoutSessionId}`
    return found
  }

  return {
    ...{ ...world, ctx, checkoutSessionId, slug, process, dyingProcess, sleepyProcess, sleepers, whileAwake },
    arm(fault: ArmedFault) {
      faults.push({ ...fault })
    },
    disarm() {
      faults = []
    },
    async wakeAll() {
      for (const sleeper of sleepers.splice(0)) await wakeUp(sleeper)
    },
    async sweepAll() {
      const sweeper = process()
      await (
        await sweepPaidCheckouts(sweeper)
      ).settled
      await (
        await sweep(sweeper)
      ).settled
    },
    expireLock: () => database.sql`
      update onboarding_locks set expires_at = now() - interval '1 second' where checkout_session_id = ${checkoutSessionId}`,
    later: (ms: number) => clock.advance(ms),
  }
}

export type Real = Awaited<ReturnType<typeof newReal>>
