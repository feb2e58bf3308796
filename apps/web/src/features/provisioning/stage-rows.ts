import {
  type ProgressEvent,
  type RunFailure,
  type RunState,
  type RunView,
  STAGE_IDS,
  type StageId,
} from '@gangway/schemas/provisioning'

export interface StageRow {
  id: StageId
  state: 'waiting' | 'active' | 'retrying' | 'done' | 'failed'
  /** How many attempts have failed so far. */
  failures: number
  startedAt: Date | null
  endedAt: Date | null
}

/** A run as its page shows it, put together from its state and from its journal. */
export interface RunProgress {
  state: RunState
  failure: RunFailure | null
  rows: readonly StageRow[]
  /** The newest journal entry that is in it. */
  seq: number
}

export const NOTHING_YET: RunProgress = {
  state: 'pending',
  failure: null,
  rows: STAGE_IDS.map((id): StageRow => ({ id, state: 'waiting', failures: 0, startedAt: null, endedAt: null })),
  seq: 0,
}

/** Takes in one entry of the journal. A repeat, as after a dropped connection, changes nothing. */
export function withEvent(progress: RunProgress, event: ProgressEvent): RunProgress {
  if (event.seq <= progress.seq) return progress
  const rows = progress.rows.map((row) => (row.id === event.stage ? rowAfter(row, event) : row))
  return { state: event.runState, failure: event.runState === 'failed' ? event.failure : null, rows, seq: event.seq }
}

function rowAfter(row: StageRow, { status, attempt, at }: ProgressEvent): StageRow {
  switch (status) {
    case 'started':
      return { ...row, state: 'active', failures: attempt - 1, startedAt: row.startedAt ?? at, endedAt: null }
    case 'retrying':
      return { ...row, state: 'retrying', failures: attempt, startedAt: row.startedAt ?? at }
    case 'completed':
      return { ...row, state: 'done', endedAt: at }
    case 'failed':
      return { ...row, state: 'failed', failures: attempt, endedAt: at }
    case 'undone':
      return { ...row, state: 'waiting', startedAt: null, endedAt: null }
  }
}

/** Takes in the run's state as a call answered it: all there is while the stream is down. */
export function withView(progress: RunProgress, view: Pick<RunView, 'state' | 'failure' | 'stagesCompleted'>): RunProgress {
  const rows = progress.rows.map((row, index): StageRow => {
    if (index < view.stagesCompleted) return { ...row, state: 'done' }
    if (index > view.stagesCompleted) return { ...row, state: 'waiting' }
    if (view.state === 'failed') return { ...row, state: 'failed' }
    if (view.state === 'running') return row.state === 'retrying' ? row : { ...row, state: 'active' }
    return view.state === 'awaiting_payment' ? { ...row, state: 'active' } : row
  })
  return { ...progress, state: view.state, failure: view.failure, rows }
}

export function completedCount({ rows }: RunProgress): number {
  return rows.filter(({ state }) => state === 'done').length
}
