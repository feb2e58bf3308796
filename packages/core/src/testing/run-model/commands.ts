import type { StageId } from '@gangway/schemas/provisioning'
import type { AsyncCommand } from 'fast-check'
import { processBillingEvent, receiveBillingEvent } from '../../checkout/index.ts'
import { GangwayError } from '../../errors/index.ts'
import { fulfil } from '../../provisioning/index.ts'
import { type Actor, cancel, chooseAnotherSlug, retry, rollBack, takeSlug } from './admin.ts'
import { expectConsistent } from './invariants.ts'
import { CLEARS_AFTER_MS, type Model } from './model.ts'
import type { FaultKind, Real } from './real.ts'

type Command = AsyncCommand<Model, Real>

interface Deed {
  name: string
  /** Whether it makes sense now. */
  when?: (model: Model) => boolean
  run: (real: Real, model: Model) => Promise<unknown>
}

/** Whatever a command does, everything has to be as it should be behind it. */
function command({ name, when = () => true, run }: Deed): Command {
  return {
    check: when,
    async run(model, real) {
      await run(real, model)
      await expectConsistent(real, model)
    },
    toString: () => name,
  }
}

const REFUSALS = new Set(['CHECKOUT_UNPAID', 'CHECKOUT_EXPIRED'])

/** One caller, in a process of their own. Who had not paid when they called is refused, and nobody else. */
async function call(real: Real, model: Model, process = real.process()): Promise<void> {
  const unlessUnpaid = refusalOf({ ...model })
  await fulfil(process, { checkoutSessionId: real.checkoutSessionId }).then(({ settled }) => settled, unlessUnpaid)
}

function refusalOf({ payment }: Model) {
  return (error: unknown) => {
    if (!(error instanceof GangwayError && REFUSALS.has(error.code) && payment !== 'paid')) throw error
  }
}

export function payLater(clears: 'paid' | 'later'): Command {
  return command({
    name: `pay: ${clears}`,
    when: ({ payment, hours }) => payment === 'none' && hours < 20,
    run: async (real, model) => pay(real, model, clears),
  })
}

export function pay({ billing, clock, checkoutSessionId }: Real, model: Model, clears: Model['payment']): void {
  model.payment = clears
  if (clears === 'paid') billing.pay(checkoutSessionId)
  if (clears === 'later') billing.pay(checkoutSessionId, new Date(clock.now().getTime() + CLEARS_AFTER_MS))
}

export function fulfilBy(callers: number): Command {
  return command({
    name: `${callers} call`,
    run: (real, model) => Promise.all(Array.from({ length: callers }, () => ignoringFaults(call(real, model)))),
  })
}

/** As the provider sends it, whatever was paid; its job is done twice. */
export function webhook(): Command {
  return command({
    name: 'webhook',
    async run(real, model) {
      const { billing, ctx, checkoutSessionId } = real
      const event = { id: `evt_${ctx.ids.uuid()}`, type: 'checkout.session.completed', checkoutSessionId, payload: {} }
      await receiveBillingEvent(ctx, billing.signedEvent(event))
      for (const process of [real.process(), real.process()]) {
        await ignoringFaults(processBillingEvent(process, { eventId: event.id }).catch(refusalOf(model)))
      }
    },
  })
}

/** A call that meets an armed fault before there is a run fails; the caller comes again. */
async function ignoringFaults(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (error instanceof Error && /^(broken: |read ECONNRESET|the process is dead|DATA_REJECTED)/.test(error.message)) return
    throw error
  })
}

export function sweepOnce(): Command {
  return command({ name: 'sweep', run: (real) => ignoringFaults(real.sweepAll()) })
}

export function dieAt(nth: number): Command {
  return command({ name: `die at ${nth}`, run: (real, model) => ignoringFaults(call(real, model, real.dyingProcess(nth))) })
}

export function fallAsleepAt(point: string): Command {
  return command({
    name: `fall asleep at ${point}`,
    async run(real, model) {
      const sleepy = real.sleepyProcess((reached) => reached === point)
      await real.whileAwake(sleepy, ignoringFaults(call(real, model, sleepy.process)))
    },
  })
}

export function wakeSleepers(): Command {
  return command({ name: 'wake', run: (real) => real.wakeAll() })
}

/** Somebody falls asleep, somebody else takes over, and then they wake. */
export function overtake(first: Command, by: Command): Command {
  return command({
    name: `${first.toString()}, the lock expires, ${by.toString()}, wake`,
    async run(real, model) {
      await first.run(model, real)
      await real.expireLock()
      await by.run(model, real)
      await real.wakeAll()
    },
  })
}

export function expireLock(): Command {
  return command({ name: 'the lock expires', run: (real) => real.expireLock() })
}

export function timePasses(hours: number): Command {
  return command({
    name: `${hours} h pass`,
    async run(real, model) {
      model.hours += hours
      await real.later(hours * 3_600_000)
      if (model.payment === 'later' && hours >= 1) model.payment = 'paid'
    },
  })
}

export function breakPoint(fault: { point: string; kind: FaultKind; times: number }): Command {
  const { point, kind, times } = fault
  return command({
    name: `call, ${kind} ×${times} at ${point}`,
    run: async (real, model) => {
      real.arm(fault)
      await ignoringFaults(call(real, model))
    },
  })
}

export function takeItsSlug(): Command {
  return command({ name: 'the slug is taken', run: takeSlug })
}

export function chooseSlugAnew(): Command {
  return command({ name: 'choose another slug', run: (real) => ignoringFaults(chooseAnotherSlug(real)) })
}

/** What becomes of a process in the midst of what an admin asks for: at a point, or at the so many-th that it reaches. */
export type Fate = { dies: number } | { sleeps: number | string } | undefined

interface AdminDeed {
  name: string
  fate: Fate
  work(real: Real, actor: Actor, model: Model): Promise<void>
}

function adminDoes({ name, fate, work }: AdminDeed): Command {
  return command({
    name: `${name}${fate ? ` ${JSON.stringify(fate)}` : ''}`,
    async run(real, model) {
      if (!fate || 'dies' in fate) {
        const process = fate ? real.dyingProcess(fate.dies) : real.process()
        return ignoringFaults(work(real, { process, mayFallAsleep: false }, model))
      }
      let left = fate.sleeps
      const sleepy = real.sleepyProcess((point) => (typeof left === 'string' ? left === point : left-- === 0))
      const actor = { process: sleepy.process, mayFallAsleep: true }
      await real.whileAwake(sleepy, ignoringFaults(work(real, actor, model)))
    },
  })
}

export function retryFrom(stage: StageId | undefined, fate: Fate): Command {
  const name = `retry${stage ? ` from ${stage}` : ''}`
  return adminDoes({ name, fate, work: (real, actor) => retry(real, actor, stage) })
}

export function cancelRun(fate: Fate): Command {
  return adminDoes({ name: 'cancel', fate, work: cancel })
}

export function rollBackRun(fate: Fate): Command {
  return adminDoes({ name: 'roll back', fate, work: rollBack })
}

export function giveUp(fate: Fate): Command {
  const [first, second] = [cancelRun(undefined), rollBackRun(fate)]
  return command({
    name: `${first.toString()}, ${second.toString()}`,
    async run(real, model) {
      await first.run(model, real)
      await second.run(model, real)
    },
  })
}

/** What seldom comes about by chance: a run fails for good at a point, and somebody does something about it at once. */
export function failThen(point: string, then: Command): Command {
  return command({
    name: `fail for good at ${point}, ${then.toString()}`,
    async run(real, model) {
      real.arm({ point, kind: 'permanent', times: 1 })
      await ignoringFaults(call(real, model))
      await then.run(model, real)
    },
  })
}
