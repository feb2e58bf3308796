import { STAGE_IDS } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import type { Checkout } from '../ports/index.ts'
import { describeFailure, SWEEP_FOR_MS, sweepPauseMs } from './failure.ts'
import { record, type Run, type Step } from './journal.ts'
import { keepAlive, type Lease } from './lock.ts'
import { next } from './run-machine.ts'
import { stageAt } from './stages/index.ts'
import type { Stage, StageOutcome } from './stages/stage.ts'

/** The pauses before the second, third and fourth attempt at a stage. */
const RETRY_PAUSES_MS = [1000, 2000, 4000]
/** How soon to look again for a payment that clears later, where no webhook says so. */
const PARKED_FOR_MS = 60_000

interface Hold {
  run: Run
  lease: Lease
  signal: AbortSignal
  checkout?: Checkout | undefined
}

/**
 * Takes a run from where it is as far as it goes: to its end, to a failure, or to a payment that is awaited. Never
 * throws: what cannot be written down is left to the lock's expiry and the sweeper.
 */
export async function advance(ctx: ProvisioningContext, start: { run: Run; lease: Lease; checkout?: Checkout | undefined }): Promise<void> {
  const over = new AbortController()
  const beating = keepAlive(ctx, start.lease, { signal: over.signal, onLost: () => over.abort() })
  try {
    const hold: Hold = { ...start, signal: over.signal }
    for (let stage = stageAt(hold.run.stagesCompleted); stage && !over.signal.aborted; stage = stageAt(hold.run.stagesCompleted)) {
      const before = hold.run.stagesCompleted
      hold.run = await attempt(ctx, hold, stage)
      if (hold.run.stagesCompleted === before) break
    }
  } catch (error) {
    const level = error instanceof GangwayError && error.code === 'LOCK_LOST' ? 'warn' : 'error'
    ctx.log[level]({ err: error, runId: start.run.id }, 'the run is left to its next holder')
  } finally {
    over.abort()
    await beating
  }
}

/** One stage, with its retries. Answers the run: one stage further, parked, or failed. */
async function attempt(ctx: ProvisioningContext, hold: Hold, stage: Stage): Promise<Run> {
  let run = hold.run
  for (let number = 1; ; number++) {
    try {
      const outcome = await stage.run(ctx, { run, ...(hold.checkout && { checkout: hold.checkout }) })
      return await record(ctx, { run, lease: hold.lease }, stepFor(ctx, { run, stage, number, outcome }))
    } catch (error) {
      if (hold.signal.aborted || (error instanceof GangwayError && error.code === 'LOCK_LOST')) throw error
      const failure = describeFailure(ctx, error, { runId: run.id, stage: stage.id, attempt: number })
      const pause = RETRY_PAUSES_MS[number - 1]
      const again = failure.kind === 'transient' && pause !== undefined
      const event = { stage: stage.id, attempt: number, failure }
      if (!again) return await fail(ctx, { run, lease: hold.lease }, { ...event, status: 'failed' })
      run = await note(ctx, { run, lease: hold.lease }, { events: [{ ...event, status: 'retrying', detail: { pauseMs: pause } }] })
      await ctx.clock.sleep(pause, hold.signal)
    }
  }
}

/** The stage's completion and the next one's start are one write. */
function stepFor(ctx: ProvisioningContext, done: { run: Run; stage: Stage; number: number; outcome: StageOutcome }): Step {
  const { run, stage, number, outcome } = done
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
  const effects = outcome.effects ?? []
  if (following) return { events: [completed, { stage: following, status: 'started', attempt: 1 }], patch, effects }
  return {
    events: [completed],
    patch: { ...patch, state: next('running', 'finish'), finishedAt: ctx.clock.now(), nextAttemptAt: null },
    effects,
    release: true,
  }
}

async function fail(ctx: ProvisioningContext, hold: { run: Run; lease: Lease }, event: Step['events'][number]): Promise<Run> {
  const { run } = hold
  const transient = event.failure?.kind === 'transient'
  const now = ctx.clock.now().getTime()
  const giveUp = now - run.createdAt.getTime() > SWEEP_FOR_MS
  return record(ctx, hold, {
    events: [event],
    patch: {
      state: next('running', 'fail'),
      failure: event.failure ?? null,
      nextAttemptAt: transient && !giveUp ? new Date(now + sweepPauseMs(run.sweeps)) : null,
      sweeps: run.sweeps + 1,
    },
    release: true,
  })
}

/** A retry that cannot be written down is still made: the database may be what failed. */
async function note(ctx: ProvisioningContext, hold: { run: Run; lease: Lease }, step: Step): Promise<Run> {
  try {
    return await record(ctx, hold, step)
  } catch (error) {
    if (classify(error).code === 'LOCK_LOST') throw error
    ctx.log.warn({ err: error, runId: hold.run.id }, 'a retry could not be journalled')
    return hold.run
  }
}
