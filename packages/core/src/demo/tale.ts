import type { onboardingStageEvents } from '@gangway/db/schema'
import { type RunFailure, STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import { describeCode, type ErrorCode } from '../errors/index.ts'
import { next } from '../provisioning/run-machine.ts'
import type { Run } from '../provisioning/run-row.ts'
import type { RunPatch, StageEvent } from '../provisioning/journal.ts'
import type { Dice } from './dice.ts'

const BASE62 = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
const KINDS = { customer: 'customer', transient: 'transient', never: 'permanent' } as const

export type JournalRow = typeof onboardingStageEvents.$inferInsert

/**
 * A run with its journal, told step by step as `write_run_steps` would have written it then. It was held by nobody: its
 * fencing token is 0 until somebody takes it up.
 */
export class Tale {
  run: Run
  readonly journal: JournalRow[] = []

  constructor(run: Run) {
    this.run = run
    this.write(run.createdAt, [{ stage: 'verify_payment', status: 'started', attempt: 1 }])
  }

  write(at: Date, events: readonly StageEvent[], patch: RunPatch = {}): void {
    const { lastSeq } = this.run
    this.run = { ...this.run, ...patch, lastSeq: lastSeq + events.length, updatedAt: at }
    for (const [index, { stage, status, attempt, detail = {}, failure = null }] of events.entries()) {
      this.journal.push({
        ...{ runId: this.run.id, seq: lastSeq + index + 1, stage, status, attempt, runState: this.run.state, detail, failure },
        ...{ errorCode: failure?.code ?? null, errorId: failure?.errorId ?? null, at },
      })
    }
  }

  /** The stage's completion and the next one's start are one step. */
  complete(at: Date, { attempt, detail, patch }: { attempt: number; detail: Record<string, unknown>; patch?: RunPatch }): void {
    const stage = stageOf(this.run)
    const stagesCompleted = this.run.stagesCompleted + 1
    const following = STAGE_IDS[stagesCompleted]
    const completed: StageEvent = { stage, status: 'completed', attempt, detail }
    if (following) {
      const started: StageEvent = { stage: following, status: 'started', attempt: 1 }
      return this.write(at, [completed, started], { ...patch, stagesCompleted, failure: null })
    }
    const finished = { state: next('running', 'finish'), finishedAt: at, nextAttemptAt: null }
    this.write(at, [completed], { ...patch, stagesCompleted, failure: null, ...finished })
  }

  retry(at: Date, { attempt, trouble, pauseMs }: { attempt: number; trouble: Trouble; pauseMs: number }): void {
    const { failure, cause } = trouble
    this.write(at, [{ stage: stageOf(this.run), status: 'retrying', attempt, failure, detail: { cause, pauseMs } }])
  }

  fail(at: Date, { attempt, trouble }: { attempt: number; trouble: Trouble }): void {
    const { failure, cause } = trouble
    const failed: StageEvent = { stage: stageOf(this.run), status: 'failed', attempt, failure, detail: { cause } }
    this.write(at, [failed], { state: next('running', 'fail'), failure, nextAttemptAt: null, sweeps: this.run.sweeps + 1 })
  }

  cancel(at: Date, reason: string): void {
    const { failure } = this.run
    const detail = { cancelled: true, reason }
    const event: StageEvent = { stage: stageOf(this.run), status: 'failed', attempt: 1, detail, ...(failure && { failure }) }
    this.write(at, [event], { state: next('failed', 'cancel'), nextAttemptAt: null })
  }
}

export function stageOf({ stagesCompleted }: Pick<Run, 'stagesCompleted'>): StageId {
  return STAGE_IDS[stagesCompleted] ?? 'finalize'
}

/** What went wrong: as customers read it, and as staff do. */
export interface Trouble {
  failure: RunFailure
  cause: { name: string; code?: string; message: string }
}

export function trouble(dice: Dice, code: ErrorCode, cause: Trouble['cause']): Trouble {
  const { message, retry } = describeCode(code)
  const errorId = `err_${Array.from({ length: 12 }, () => dice.pick(BASE62)).join('')}`
  return { failure: { code, message, errorId, kind: KINDS[retry] }, cause }
}
