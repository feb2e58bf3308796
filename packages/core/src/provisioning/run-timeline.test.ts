import { testDatabase } from '@gangway/db/testing'
import type { RunFailure } from '@gangway/schemas/provisioning'
import { runDetailsSchema } from '@gangway/schemas/runs'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { runDetails } from './run-timeline.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('timeline'), log: silentLog() }

const FAILURE: RunFailure = {
  code: 'WAREHOUSE_UNAVAILABLE',
  message: 'We try again by ourselves.',
  errorId: 'err_1',
  kind: 'transient',
}
const CAUSE = { name: 'Error', code: 'ECONNRESET', message: 'read ECONNRESET' }

interface Entry {
  stage?: string
  status: string
  attempt?: number
  /** Milliseconds since the run began. */
  at: number
  detail?: Record<string, unknown>
  failure?: RunFailure
}

async function newRun(entries: readonly Entry[], given: { state?: string; stagesCompleted?: number; failure?: RunFailure } = {}) {
  const user = await newUser(db, { name: 'Grace Hopper' })
  const checkoutSessionId = `cs_${crypto.randomUUID().replaceAll('-', '')}`
  const { state = 'running', stagesCompleted = 0, failure } = given
  const [run] = await sql<{ id: string }[]>`
    insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, stages_completed, failure)
    values (${checkoutSessionId}, ${user.id}, 'STARTER', 'acme', 'Acme Corp', ${state}, ${stagesCompleted}, ${failure ? sql.json({ ...failure }) : null})
    returning id`
  const runId = run?.id ?? ''
  const rows = entries.map((entry, index) => ({
    ...{ run_id: runId, seq: index + 1, stage: 'verify_payment', attempt: 1, run_state: 'running', detail: {}, failure: null },
    ...entry,
    at: new Date(Date.parse('2026-03-01T10:00:00Z') + entry.at).toISOString(),
  }))
  await sql`
    insert into onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, detail, failure, at)
    select run_id, seq, stage, status, attempt, run_state, detail, failure, at
    from jsonb_to_recordset(${sql.json(JSON.parse(JSON.stringify(rows)))}::jsonb) as rows(run_id uuid, seq int, stage text, status text,
      attempt int, run_state text, detail jsonb, failure jsonb, at timestamptz)`
  return { user, runId, checkoutSessionId }
}

async function details(runId: string) {
  const found = await runDetails(ctx, { runId })
  expect(runDetailsSchema.parse(found)).toEqual(found)
  return found
}

describe('the timeline', () => {
  it('tells of each attempt how long it took, without the pause before it', async () => {
    const { runId } = await newRun([
      { status: 'started', at: 0 },
      { status: 'retrying', at: 120, failure: FAILURE, detail: { pauseMs: 1000, cause: CAUSE } },
      { status: 'completed', attempt: 2, at: 1150, detail: { paymentStatus: 'paid' } },
      { stage: 'create_organization', status: 'started', at: 1150 },
      { stage: 'create_organization', status: 'failed', at: 1200, failure: FAILURE },
      { stage: 'create_organization', status: 'started', at: 61_200 },
      { stage: 'create_organization', status: 'completed', at: 61_230 },
      { stage: 'create_organization', status: 'failed', at: 90_000, failure: FAILURE, detail: { cancelled: true } },
      { stage: 'create_organization', status: 'undone', at: 99_000 },
    ])
    const { timeline } = await details(runId)
    expect(timeline.map(({ durationMs }) => durationMs)).toEqual([null, 120, 30, null, 50, null, 30, null, null])
    expect(timeline[1]).toMatchObject({ pauseMs: 1000, cause: CAUSE, failure: FAILURE, detail: {} })
    expect(timeline[2]).toMatchObject({ attempt: 2, pauseMs: null, cause: null, detail: { paymentStatus: 'paid' } })
  })

  it.each([
    [
      { name: 'ApiError', code: 404, message: 'Not found' },
      { name: 'ApiError', code: '404', message: 'Not found' },
    ],
    [{ message: 'just a text' }, { name: 'Error', code: null, message: 'just a text' }],
    ['nonsense', null],
  ])('reads a cause however it was written: %j', async (written, read) => {
    const { runId } = await newRun([{ status: 'failed', at: 0, failure: FAILURE, detail: { cause: written } }])
    const { timeline } = await details(runId)
    expect(timeline[0]?.cause).toEqual(read)
  })
})

describe('the root cause', () => {
  const failed: Entry = { status: 'failed', at: 5, failure: FAILURE, detail: { cause: CAUSE } }
  const retried: Entry = { ...failed, status: 'retrying', detail: { cause: { ...CAUSE, message: 'the first time' } } }

  it('is that of the newest failure', async () => {
    const { runId } = await newRun([retried, failed])
    expect((await details(runId)).rootCause).toEqual({ ...CAUSE, seq: 2 })
  })

  it('is not hidden by an entry that says no more, such as a cancellation', async () => {
    const { runId } = await newRun([failed, { status: 'failed', at: 9, failure: FAILURE, detail: { cancelled: true } }])
    expect((await details(runId)).rootCause).toMatchObject({ seq: 1 })
  })

  it('stays while what the run had made is undone', async () => {
    const { runId } = await newRun([
      { ...failed, stage: 'finalize' },
      { status: 'undone', at: 9 },
    ])
    expect((await details(runId)).rootCause).toMatchObject({ seq: 1 })
  })

  it('is gone once its stage was completed after all, and unknown where none was written down', async () => {
    const overcome = await newRun([failed, { status: 'completed', at: 9 }])
    const untold = await newRun([{ ...failed, detail: {} }])
    for (const { runId } of [overcome, untold]) expect((await details(runId)).rootCause).toBeNull()
  })
})

describe('a run', () => {
  it('is shown as its customer sees it, and with whatever belongs to it', async () => {
    const { runId, checkoutSessionId, user } = await newRun([], { state: 'needs_sync', stagesCompleted: 4, failure: FAILURE })
    await sql`insert into organizations (run_id, slug, name, status, created_at) values (${runId}, 'acme', 'Acme', 'abandoned', now())`
    await sql`insert into organizations (run_id, slug, name, created_at) values (${runId}, 'acme_live', 'Acme', now() - interval '1 day')`
    await sql`
      insert into onboarding_locks (lock_id, checkout_session_id, holder, fencing_token, acquired_at, expires_at)
      values (${`onboarding_${checkoutSessionId}`}, ${checkoutSessionId}, 'host:1', 7, now() - interval '90 seconds', now() - interval '1 second')`
    await sql`
      insert into pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at, last_error)
      values (${runId}, 'acme_live', 'fp', now(), 'down')`
    expect(await details(runId)).toMatchObject({
      run: { id: runId, email: user.email, customerName: 'Grace Hopper', stage: 'finalize', state: 'needs_sync' },
      customerView: { id: runId, state: 'needs_sync', stagesCompleted: 4, failure: FAILURE },
      lock: { holder: 'host:1', fencingToken: 7, expired: true, run: { id: runId }, ageMs: expect.closeTo(90_000, -4) },
      organization: { slug: 'acme_live', status: 'provisioning' },
      pendingSync: { status: 'pending_sync', lastError: 'down' },
      timeline: [],
    })
  })

  it('is being rolled back from the decision to the end, and not before', async () => {
    const { runId } = await newRun([], { state: 'cancelled' })
    const rollingBack = async () => (await details(runId)).run.rollingBack
    expect(await rollingBack()).toBe(false)
    await sql`update onboarding_runs set refund_key = 'refund_x' where id = ${runId}`
    expect(await rollingBack()).toBe(true)
    await sql`update onboarding_runs set state = 'rolled_back' where id = ${runId}`
    expect(await rollingBack()).toBe(false)
  })

  it('that nobody knows is not found', async () => {
    await expect(runDetails(ctx, { runId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })
})
