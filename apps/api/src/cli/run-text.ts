import { type RunFailure, type RunState, type StageId, STAGE_IDS, STAGE_LABELS } from '@gangway/schemas/provisioning'
import type { TimelineEntry } from '@gangway/schemas/runs'
import { columns, duration, type FailureObject } from './output.ts'
import { paint, type Tone } from './paint.ts'

const TONES: Record<RunState, Tone> = {
  awaiting_payment: 'quiet',
  pending: 'quiet',
  running: 'warning',
  succeeded: 'good',
  failed: 'bad',
  needs_sync: 'warning',
  cancelled: 'quiet',
  rolled_back: 'quiet',
}

export function stateText(state: RunState): string {
  return paint(TONES[state], state)
}

/** What a run that did not succeed came to, and what to do about it. */
interface StoppedRun {
  id: string
  slug: string | null
  state: RunState
  stagesCompleted: number
  failure: RunFailure | null
}

export function stoppedLines({ id, slug, state, failure, stagesCompleted }: StoppedRun): string[] {
  const name = slug ?? id
  switch (state) {
    case 'failed':
      return [
        `${paint('bad', 'Failed')} at ${STAGE_LABELS[stageReached(stagesCompleted)]}: ${failure?.message ?? ''} (${failure?.code}, ${failure?.errorId})`,
        ...(failure?.kind === 'transient' ? ['It is tried again by itself, with growing pauses.'] : []),
        `\`gangway runs show ${id}\` tells what happened, \`gangway runs retry ${id}\` goes on.`,
      ]
    case 'needs_sync':
      return [
        `${name} is set up, but Postgres could not be told yet. The worker tells it, or \`gangway sync all\` does now.`,
        `The API key can be had by \`gangway keys rotate --tenant ${name}\` then.`,
      ]
    case 'cancelled':
    case 'rolled_back':
      return [`The run of ${name} was given up (${state}). A tenant id is used once: choose another one by --tenant-id.`]
    case 'awaiting_payment':
    case 'pending':
    case 'running':
    case 'succeeded':
      return [`The run of ${name} is ${state}. \`gangway runs show ${id}\` tells more.`]
  }
}

/** The same for scripts. */
export function stoppedObject(run: StoppedRun): FailureObject & { run_id: string; state: RunState; stage: StageId } {
  const { failure, id, state, stagesCompleted } = run
  return {
    error: failure?.code ?? 'RUN_STATE_INVALID',
    message: failure?.message ?? `The run is ${state}.`,
    ...(failure && { error_id: failure.errorId }),
    ...{ run_id: id, state, stage: stageReached(stagesCompleted) },
  }
}

function stageReached(stagesCompleted: number): StageId {
  return STAGE_IDS[Math.min(stagesCompleted, STAGE_IDS.length - 1)] ?? 'finalize'
}

const STATUS_TONES: Record<TimelineEntry['status'], Tone> = {
  started: 'quiet',
  retrying: 'warning',
  completed: 'good',
  failed: 'bad',
  undone: 'quiet',
}

/** The journal as staff read it: what the customer was told, and beside it what happened. */
export function timelineLines(timeline: readonly TimelineEntry[]): string[] {
  return columns(
    timeline.map(({ seq, at, stage, status, attempt, durationMs, failure, cause }) => [
      String(seq),
      at.toISOString(),
      paint(STATUS_TONES[status], status),
      STAGE_LABELS[stage],
      attempt > 1 ? `attempt ${attempt}` : '',
      durationMs === null ? '' : duration(durationMs),
      [
        failure ? `${failure.message} (${failure.code}, ${failure.errorId})` : '',
        cause ? `${cause.name}: ${oneLine(cause.message)}` : '',
      ]
        .filter((text) => text !== '')
        .join(' '),
    ]),
  )
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
