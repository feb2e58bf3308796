import { STAGE_IDS } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import type { Checkout } from '../ports/index.ts'
import { runFailed } from '../webhooks/events.ts'
import { withDeadline } from './deadline.ts'
import { causeOf, describeFailure, isGivenUp, sweepPauseMs } from './failure.ts'
import type { StageEvent, Step } from './journal.ts'
import { keepAlive, type Lease, lockLost } from './lock.ts'
import type { Owner } from './owner.ts'
import { next } from './run-machine.ts'
import type { Run } from './run-row.ts'
import { stageAt } from './stages/index.ts'
import type { Stage, StageOutcome } from './stages/stage.ts'
import { type Hold, RETRY_PAUSES_MS, write } from './write.ts'

/** How soon to look again for a payment that clears later, where no webhook says so. */
const PARKED_FOR_MS = 60_000

interface Held {
  run: Run
  lease: Lease
}

interface Work extends Held {
  owner: Owner
  /** As the provider had it a moment ago. */
  checkout?: Checkout | undefined
}

/**
 * Takes a run from where it is as far as it goes: to its end, to a failure, or to a payment that is awaited. Never
 * throws: what cannot be written down is left to the lock's expiry and the sweeper.
 */
export async function advance(ctx: ProvisioningContext, { run: start, lease, owner, checkout }: Work): Promise<void> {
  await whileHeld(ctx, { run: start, lease }, async (hold) => {
    let run = start
    for (let stage = stageAt(run.stagesCompleted); stage && !hold.signal.aborted; stage = stageAt(run.stagesCompleted)) {
      const before = run.stagesCompleted
      run = await attempt(ctx, { run, stage, checkout, owner }, hold)
      if (run.stagesCompleted === before) return
    }
  })
}

/** Keeps the lease alive while the work goes on. Never throws. */
export async function whileHeld(
  ctx: ProvisioningContext,
  { run, lease }: Held,
  work: (hold: Hold) => Promise<void>,
): Promise<void> {
  const over = new AbortController()
  const beating = keepAlive(ctx, lease, { signal: over.signal, onLost: () => over.abort() })
  try {
    await work({ lease, signal: over.signal })
  } catch (error) {
    const level = error instanceof GangwayError && error.code === 'LOCK_LOST' ? 'warn' : 'error'
    ctx.log[level]({ err: error, runId: run.id }, 'the run is left to its next holder')
  } finally {
    over.abort('over')
    await beating
  }
}

interface Attempt {
  run: Run
  stage: Stage
  checkout: Checkout | undefined
  owner: Owner
}

/** One stage, with its retries. Answers the run: one stage further, parked, deferred, or failed. */
async function attempt(ctx: ProvisioningContext, { run: start, stage, checkout, owner }: Attempt, hold: Hold): Promise<Run> {
  let run = start
  for (let number = 1; ; number++) {
    try {
      const outcome = await withDeadline(ctx.clock, ctx.settings.stageDeadlineMs, (signal) =>
        stage.run(ctx, { run, signal, checkout, owner }),
      )
      return await settle(ctx, { run, stage, number, outcome }, hold)
    } catch (error) {
      if (hold.signal.aborted || classify(error).code === 'LOCK_LOST') {
        await stage.leave?.(ctx, run)
        throw error
      }
      const failure = describeFailure(ctx, error, { runId: run.id, stage: stage.id, attempt: number })
      const event = { stage: stage.id, attempt: number, failure, detail: { cause: causeOf(error) } }
      const pause = RETRY_PAUSES_MS[number - 1]
      if (failure.kind !== 'transient' || pause === undefined) return fail(ctx, { run, hold }, { ...event, status: 'failed' })
      run = await write(
        ctx,
        { run, hold },
        { events: [{ ...event, status: 'retrying', detail: { ...event.detail, pauseMs: pause } }] },
      )
      await ctx.clock.sleep(pause, hold.signal)
      if (hold.signal.aborted) throw lockLost()
    }
  }
}

interface Settled {
  run: Run
  stage: Stage
  number: number
  outcome: StageOutcome
}

/** Writes what a stage came to. A stage whose work is done outside, but cannot be told to Postgres, is deferred. */
async function settle(ctx: ProvisioningContext, settled: Settled, hold: Hold): Promise<Run> {
  const { run, stage, number, outcome } = settled
  try {
    return await write(ctx, { run, hold }, stepFor(ctx, settled))
  } catch (error) {
    const deferred = outcome.kind === 'completed' ? outcome.deferred : undefined
    if (!deferred || classify(error).retry !== 'transient' || classify(error).code === 'LOCK_LOST') throw error
    const failure = describeFailure(ctx, error, { runId: run.id, stage: stage.id, attempt: number })
    return write(
      ctx,
      { run, hold },
      {
        events: [
          { stage: stage.id, status: 'retrying', attempt: number, failure, detail: { deferred: true, cause: causeOf(error) } },
        ],
        patch: { state: next('running', 'defer') },
        effects: { pendingSync: deferred },
        release: true,
      },
    )
  }
}

/** The stage's completion and the next one's start are one write. */
function stepFor(ctx: ProvisioningContext, { run, stage, number, outcome }: Settled): Step {
  if (outcome.kind === 'parked') {
    return {
      events: [{ stage: stage.id, status: 'retrying', attempt: number, detail: outcome.detail }],
      patch: { state: next('running', 'park'), nextAttemptAt: new Date(ctx.clock.now().getTime() + PARKED_FOR_MS) },
      release: true,
    }
  }
  const stagesCompleted = run.stagesCompleted + 1
  const following = STAGE_IDS[stagesCompleted]
  const completed = { stage: stage.id, status: 'completed', attempt: number, detail: outcome.detail } as const
  const patch = { ...outcome.patch, stagesCompleted, failure: null }
  const effects = outcome.effects ?? {}
  if (following) return { events: [completed, { stage: following, status: 'started', attempt: 1 }], patch, effects }
  return {
    events: [completed],
    patch: { ...patch, state: next('running', 'finish'), finishedAt: ctx.clock.now(), nextAttemptAt: null },
    effects,
    release: true,
  }
}

function fail(ctx: ProvisioningContext, { run, hold }: { run: Run; hold: Hold }, event: StageEvent): Promise<Run> {
  const now = ctx.clock.now().getTime()
  const again = event.failure?.kind === 'transient' && !isGivenUp(run, now)
  const { stage, failure = null } = event
  const nextAttemptAt = again ? new Date(now + sweepPauseMs(run.sweeps)) : null
  // Of the tries that go on by themselves, the first failure is news, and then that it is given up.
  const isNews = run.sweeps === 0 || !again
  return write(
    ctx,
    { run, hold },
    {
      events: [event],
      patch: {
        state: next('running', 'fail'),
        ...{ failure, nextAttemptAt },
        sweeps: run.sweeps + 1,
      },
      ...(isNews && { effects: { jobs: [runFailed(ctx, { run, stage, failure, nextAttemptAt })] } }),
      release: true,
    },
  )
}
