import { testDatabase } from '@gangway/db/testing'
import { STAGE_IDS } from '@gangway/schemas/provisioning'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { chooseAnotherSlug, retry, runOf } from '../testing/run-model/admin.ts'
import * as commands from '../testing/run-model/commands.ts'
import { expectConsistent, recordChanges } from '../testing/run-model/invariants.ts'
import { type Model, newModel } from '../testing/run-model/model.ts'
import { newReal, type Real } from '../testing/run-model/real.ts'

const database = await testDatabase()
await recordChanges(database)

const POINTS = [
  'verify_payment: billing.fetchCheckout before',
  'verify_payment: journal.record completed after',
  'verify_payment: billing.refund after',
  'create_organization: journal.record completed before',
  'create_organization: journal.record completed after',
  'set_up_workspace: warehouse.ensureDataset after',
  'set_up_workspace: warehouse.ensureTable before',
  'set_up_workspace: warehouse.readRows before',
  'set_up_workspace: warehouse.deleteDataset before',
  'set_up_workspace: journal.record undone before',
  'generate_api_key: vault.seal before',
  'generate_api_key: journal.record completed after',
  'finalize: warehouse.loadRows before',
  'finalize: warehouse.loadRows after',
  'finalize: jobs.enqueueAll after',
  'finalize: journal.record completed before',
  'finalize: journal.record completed after',
] as const

/** How it begins; who has not paid by then can do so later. */
const PAYMENT = fc.constantFrom('paid', 'paid', 'paid', 'paid', 'later', 'none' as const)

/** A run without trouble reaches about forty points. */
const nth = fc.nat(45)
const fate = fc.oneof(fc.constant(undefined), fc.record({ dies: fc.nat(12) }), fc.record({ sleeps: fc.nat(12) }))
const stage = fc.option(fc.constantFrom(...STAGE_IDS), { nil: undefined })
const fault = fc.record({
  point: fc.constantFrom(...POINTS),
  kind: fc.constantFrom('transient', 'transient', 'permanent', 'customer' as const),
  times: fc.integer({ min: 1, max: 5 }),
})

const redone = fc.constantFrom('create_organization', 'set_up_workspace' as const)
const DELETING = { sleeps: 'set_up_workspace: warehouse.deleteDataset before' }
const late = fc.constantFrom(
  'set_up_workspace: warehouse.readRows before',
  'generate_api_key: vault.seal before',
  'finalize: warehouse.loadRows before',
)
const sleep = fc.constantFrom(
  'lock: journal.open before',
  'lock: journal.open after',
  'create_organization: journal.record completed before',
  'set_up_workspace: warehouse.ensureDataset before',
  'set_up_workspace: warehouse.ensureComprehensiveView after',
  'set_up_workspace: journal.record completed before',
  'generate_api_key: journal.record completed before',
  'generate_api_key: journal.record completed after',
  'finalize: warehouse.loadRows after',
  'finalize: journal.record completed before',
)

const SCHEDULE = [
  fc.constant(commands.payLater('paid')),
  fc.integer({ min: 1, max: 3 }).map(commands.fulfilBy),
  fc.constant(commands.webhook()),
  fc.constant(commands.sweepOnce()),
  nth.map(commands.dieAt),
  nth.map(commands.dieAt),
  sleep.map(commands.fallAsleepAt),
  sleep.map((point) => commands.overtake(commands.fallAsleepAt(point), commands.fulfilBy(1))),
  fc.constant(commands.wakeSleepers()),
  fc.constant(commands.expireLock()),
  fc.constantFrom(0.02, 1, 25).map(commands.timePasses),
  fault.map(commands.breakPoint),
  fault.map(commands.breakPoint),
  fc.constant(commands.breakPoint({ point: 'finalize: journal.record completed before', kind: 'transient', times: 4 })),
  fc.constant(commands.takeItsSlug()),
  fc.constant(commands.chooseSlugAnew()),
  fc.tuple(stage, fate).map(([from, how]) => commands.retryFrom(from, how)),
  fate.map(commands.cancelRun),
  fate.map(commands.rollBackRun),
  fc
    .tuple(late, fc.nat(12), fate)
    .map(([point, sleeps, how]) =>
      commands.overtake(commands.failThen(point, commands.giveUp({ sleeps })), commands.rollBackRun(how)),
    ),
  fc
    .tuple(late, redone)
    .map(([point, from]) =>
      commands.overtake(commands.failThen(point, commands.retryFrom(from, DELETING)), commands.fulfilBy(1)),
    ),
  fc.tuple(late, fate).map(([point, how]) => commands.failThen(point, commands.giveUp(how))),
  fc.tuple(late, stage, fate).map(([point, from, how]) => commands.failThen(point, commands.retryFrom(from, how))),
  fc
    .tuple(sleep, late, redone)
    .map(([asleep, point, from]) =>
      commands.overtake(commands.fallAsleepAt(asleep), commands.failThen(point, commands.retryFrom(from, undefined))),
    ),
]

/** Faults are over, everybody wakes, sweepers and admins do their work: whoever has paid, and was not given up, has a tenant. */
async function expectGoodEnd(real: Real, model: Model): Promise<void> {
  real.disarm()
  await real.wakeAll()
  await expectConsistent(real, model)
  for (let round = 0; round < 8; round++) {
    await real.expireLock()
    await real.later(2 * 3_600_000)
    if (model.payment === 'later') model.payment = 'paid'
    await real.sweepAll()
    const run = await runOf(real)
    if (run?.state === 'failed' && run.nextAttemptAt === null && model.payment === 'paid') {
      if (run.failure?.code === 'SLUG_TAKEN') await chooseAnotherSlug(real)
      else await retry(real, { process: real.process(), mayFallAsleep: false })
    }
  }
  await expectConsistent(real, model)
  const run = await runOf(real)
  if (run?.state === 'cancelled') expect(run.refundKey).toBeNull()
  else if (run?.state === 'rolled_back')
    expect(real.billing.refunds).toEqual(model.payment === 'paid' ? [real.checkoutSessionId] : [])
  else if (model.payment === 'paid') expect(run?.state).toBe('succeeded')
  else expect(run?.state ?? 'failed').toBe('failed')
}

/**
 * The same seed each time, and another by `FC_SEED`; with a failure come what brings it back: the seed, the path, and the
 * path among the commands (`FC_REPLAY`). `FC_RUNS` is for long campaigns.
 */
const replay = {
  seed: Number(process.env['FC_SEED'] ?? 20_261_121),
  ...(process.env['FC_PATH'] !== undefined && { path: process.env['FC_PATH'] }),
}
const commandsReplay = process.env['FC_REPLAY'] === undefined ? {} : { replayPath: process.env['FC_REPLAY'] }

const RUNS = Number(process.env['FC_RUNS'] ?? 200)
vi.setConfig({ testTimeout: 1000 * RUNS })

it('keeps a run whole under any schedule and any faults, and brings every payer to a tenant', async () => {
  await fc.assert(
    fc.asyncProperty(
      PAYMENT,
      fc.commands(SCHEDULE, { maxCommands: 16, size: 'max', ...commandsReplay }),
      async (payment, schedule) => {
        const real = await newReal(database)
        const model = newModel()
        commands.pay(real, model, payment)
        await fc.asyncModelRun(async () => ({ model, real }), schedule)
        await expectGoodEnd(real, model)
      },
    ),
    { numRuns: RUNS, ...replay },
  )
})
