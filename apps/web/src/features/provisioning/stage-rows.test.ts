import { type ProgressEvent, STAGE_IDS } from '@gangway/schemas/provisioning'
import { expect, test } from 'vitest'
import { completedCount, NOTHING_YET, type RunProgress, withEvent, withView } from './stage-rows.ts'

const FAILURE = { code: 'SLUG_TAKEN', message: 'Taken.', errorId: 'err_1', kind: 'customer' } as const

function event(seq: number, rest: Partial<ProgressEvent>): ProgressEvent {
  return {
    seq,
    stage: 'verify_payment',
    status: 'started',
    attempt: 1,
    at: new Date(seq * 1000),
    runState: 'running',
    failure: null,
    ...rest,
  }
}

function after(...events: ProgressEvent[]): RunProgress {
  return events.reduce(withEvent, NOTHING_YET)
}

const WHOLE_RUN = STAGE_IDS.flatMap((stage, index) => [
  event(index * 2 + 1, { stage, status: 'started' }),
  event(index * 2 + 2, { stage, status: 'completed', runState: stage === 'finalize' ? 'succeeded' : 'running' }),
])

test('a run from its first entry to its last', () => {
  const progress = after(...WHOLE_RUN)
  expect(progress.state).toBe('succeeded')
  expect(progress.rows.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
  expect(progress.rows[0]).toMatchObject({ startedAt: new Date(1000), endedAt: new Date(2000) })
})

test('entries that come again after a dropped connection change nothing', () => {
  const progress = after(...WHOLE_RUN.slice(0, 4))
  expect(WHOLE_RUN.slice(0, 4).reduce(withEvent, progress)).toBe(progress)
})

test('a stage that is tried again says how often it has failed, and keeps its beginning', () => {
  const progress = after(
    event(1, {}),
    event(2, { status: 'retrying', failure: FAILURE }),
    event(3, { status: 'retrying', attempt: 2, failure: FAILURE }),
  )
  expect(progress.rows[0]).toMatchObject({ state: 'retrying', failures: 2, startedAt: new Date(1000) })
  expect(progress.failure).toBeNull()
})

test('a failure is shown until the run goes on', () => {
  const failed = after(
    event(1, { stage: 'create_organization' }),
    event(2, { stage: 'create_organization', status: 'failed', runState: 'failed', failure: FAILURE }),
  )
  expect(failed).toMatchObject({ state: 'failed', failure: FAILURE })
  const resumed = withEvent(failed, event(3, { stage: 'create_organization' }))
  expect(resumed).toMatchObject({ state: 'running', failure: null })
  expect(resumed.rows[1]).toMatchObject({ state: 'active', endedAt: null })
})

test('without the stream, the state of the run says which stages are done', () => {
  const running = withView(NOTHING_YET, { state: 'running', failure: null, stagesCompleted: 2 })
  expect(running.rows.map(({ state }) => state)).toEqual(['done', 'done', 'active', 'waiting', 'waiting'])
  const done = withView(running, { state: 'succeeded', failure: null, stagesCompleted: 5 })
  expect(completedCount(done)).toBe(5)
})
