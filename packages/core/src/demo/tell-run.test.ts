import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { cancelRun, fulfil, rollBackRun } from '../provisioning/index.ts'
import type { RunState } from '@gangway/schemas/provisioning'
import { GangwayError } from '../errors/index.ts'
import { newWorld } from '../testing/world.ts'
import { Dice } from './dice.ts'
import { inventPerson } from './person.ts'
import { type Fate, tellRun } from './tell-run.ts'

const database = await testDatabase()
const { sql } = database

interface Entry {
  seq: number
  stage: string
  status: string
  attempt: number
  runState: string
  detail: Record<string, unknown>
  errorCode: string | null
}

const shapeOf = ({ seq, stage, status, attempt, runState, detail, errorCode }: Entry) => ({
  ...{ seq, stage, status, attempt, runState, errorCode },
  detail: Object.keys(detail).toSorted(),
})

/** The journal and the run of a run that went its way for real. */
async function real(runId: string) {
  const journal = await sql<Entry[]>`
    select seq, stage, status, attempt, run_state as "runState", detail, error_code as "errorCode"
    from onboarding_stage_events where run_id = ${runId} order by seq`
  const [run] = await sql<Record<string, unknown>[]>`
    select r.state, stages_completed, last_seq, sweeps, next_attempt_at is null as rests, finished_at is not null as finished,
           refunded_at is not null as refunded, failure ->> 'code' as failure, o.status as organization, s.status as subscription,
           (select count(*)::int from api_keys where run_id = r.id) as keys
    from onboarding_runs r left join organizations o on o.run_id = r.id left join subscriptions s on s.org_id = o.id where r.id = ${runId}`
  return { journal: journal.map(shapeOf), run: { ...run } }
}

/** The same of one that is only told. */
function made(fate: Fate) {
  for (let n = 0; ; n++) {
    const dice = new Dice(`${fate}:${n}`)
    const person = inventPerson(dice, { code: 'abcde', n })
    const told = tellRun(dice, { person, checkout: { checkoutSessionId: 'cs_demo_1', plan: 'STARTER', at: 0 }, fate })
    if (told.journal.some(({ status, attempt }) => status === 'retrying' && attempt === 1) && fate === 'onboarded') continue
    const { run, journal, organization, subscription, apiKey } = told
    return {
      told,
      journal: journal.map(({ detail = {}, errorCode = null, ...entry }) => shapeOf({ ...entry, detail, errorCode })),
      run: {
        ...{ state: run.state, stages_completed: run.stagesCompleted, last_seq: run.lastSeq, sweeps: run.sweeps },
        ...{ rests: run.nextAttemptAt === null, finished: run.finishedAt !== null, refunded: run.refundedAt !== null },
        ...{ failure: run.failure?.code ?? null, organization: organization?.status ?? null },
        ...{ subscription: subscription?.status ?? null, keys: apiKey ? 1 : 0 },
      },
    }
  }
}

async function failing() {
  const world = await newWorld(database)
  world.warehouse.failNext('ensureDataset', new GangwayError('WAREHOUSE_QUOTA', { cause: new Error('Quota exceeded') }))
  const { run, settled } = await fulfil(world.ctx, { checkoutSessionId: await world.paidCheckout() })
  await settled
  return { ...world, runId: run.id }
}

interface Told {
  journal: ReturnType<typeof shapeOf>[]
  run: Record<string, unknown>
}

/** Which of the lasting failures it was is left to chance. */
const withoutCode = ({ journal, run }: Told) => ({
  journal: journal.map(({ errorCode, ...entry }) => ({ ...entry, failed: errorCode !== null })),
  run: { ...run, failure: run['failure'] !== null },
})

describe('tellRun', () => {
  it('tells of a run that came through as one does that came through', async () => {
    const { ctx, paidCheckout } = await newWorld(database)
    const { run, settled } = await fulfil(ctx, { checkoutSessionId: await paidCheckout() })
    await settled
    const { journal, run: after } = made('onboarded')
    expect({ journal, run: after }).toEqual(await real(run.id))
  })

  it('tells of one that failed, was cancelled, and was rolled back', async () => {
    const { ctx, runId } = await failing()
    expect(withoutCode(made('permanent'))).toEqual(withoutCode(await real(runId)))
    await cancelRun(ctx, { runId, actorId: null, reason: 'They asked for it.' })
    expect(withoutCode(made('cancelled'))).toEqual(withoutCode(await real(runId)))
    await (
      await rollBackRun(ctx, { runId, actorId: null })
    ).settled
    expect(withoutCode(made('rolled_back'))).toEqual(withoutCode(await real(runId)))
  })

  it('leaves nothing for the sweeper to take up', () => {
    const fates: [Fate, RunState][] = [
      ['awaiting', 'awaiting_payment'],
      ['customer', 'failed'],
      ['permanent', 'failed'],
      ['cancelled', 'cancelled'],
      ['unsynced', 'needs_sync'],
      ['rolled_back', 'rolled_back'],
      ['onboarded', 'succeeded'],
    ]
    for (const [fate, state] of fates) {
      const { run } = made(fate).told
      expect([run.state, run.nextAttemptAt, run.fencingToken]).toEqual([state, null, 0])
      expect(run.state === 'cancelled' && run.refundKey !== null).toBe(false)
    }
  })

  it('keeps its times in order', () => {
    for (const fate of ['onboarded', 'rolled_back', 'unsynced'] as const) {
      const times = made(fate).told.journal.map(({ at }) => at?.getTime() ?? 0)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
    }
  })
})
