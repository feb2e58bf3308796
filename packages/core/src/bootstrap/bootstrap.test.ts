import { auditLog, onboardingRuns } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { bootstrapReportSchema } from '@gangway/schemas/bootstrap'
import type { RunFailure, RunState } from '@gangway/schemas/provisioning'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connectionReset, memoryWarehouse, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { bootstrap } from './bootstrap.ts'
import { required } from './columns.ts'
import { CENTRAL_DATASET, CENTRAL_LABELS, META_TABLES } from './meta-tables.ts'
import { bootstrapStatus } from './status.ts'

const database = await testDatabase()

function arrange() {
  const clock = testClock({ start: new Date() })
  return { db: database.db, clock, ids: seededIds('bootstrap'), log: silentLog(), warehouse: memoryWarehouse({ clock }) }
}

/** A run that stands where a stage has left it. Answers when it is tried again. */
async function stoppedRun(
  code: string,
  { state = 'failed', nextAttemptAt = null }: { state?: RunState; nextAttemptAt?: Date | null } = {},
) {
  const user = await newUser(database.db)
  const failure: RunFailure = { code, message: 'x', errorId: 'err_x', kind: 'transient' }
  const values = {
    checkoutSessionId: crypto.randomUUID(),
    userId: user.id,
    plan: 'STARTER',
    slug: 'acme',
    companyName: 'Acme',
  } as const
  const [run] = await database.db
    .insert(onboardingRuns)
    .values({ ...values, state, failure, nextAttemptAt })
    .returning()
  if (!run) throw new Error('the run was not inserted')
  return async () => {
    const [now] = await database.db.select().from(onboardingRuns).where(eq(onboardingRuns.id, run.id))
    return now?.nextAttemptAt ?? null
  }
}

/** A table of the central dataset that a bootstrap must not mend. */
async function drift(ctx: ReturnType<typeof arrange>) {
  const [profiles] = META_TABLES
  if (!profiles) throw new Error('there are no meta tables')
  const columns = profiles.columns.map((column) => (column.name === 'status' ? required('status', 'INT64') : column))
  await ctx.warehouse.ensureDataset(CENTRAL_DATASET, CENTRAL_LABELS)
  await ctx.warehouse.ensureTable(CENTRAL_DATASET, { ...profiles, columns })
}

describe('bootstrap', () => {
  it('reports every table, and how things are afterwards', async () => {
    const ctx = arrange()
    const report = await bootstrap(ctx)
    expect(bootstrapReportSchema.parse(report)).toEqual(report)
    expect(report).toMatchObject({ status: 'SYNCED', tables_expected: 21, tables_present: 21, tables_missing: [], drift: [] })
    expect(report.tables).toEqual(META_TABLES.map(({ name }) => ({ name, state: 'created', drift: [] })))
  })

  it('spares the next question: its own look is remembered', async () => {
    const ctx = arrange()
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'NOT_SYNCED' })
    await bootstrap(ctx)
    const before = ctx.warehouse.calls('describeDataset')
    expect(await bootstrapStatus(ctx)).toMatchObject({ status: 'SYNCED' })
    expect(ctx.warehouse.calls('describeDataset')).toBe(before)
  })

  it('lets the runs go on at once that waited for it, also those that were given up', async () => {
    const ctx = arrange()
    const now = ctx.clock.now()
    const [waiting, givenUp, otherwise, cancelled] = [
      await stoppedRun('SYSTEM_NOT_READY', { nextAttemptAt: new Date(now.getTime() + 3_600_000) }),
      await stoppedRun('SYSTEM_NOT_READY'),
      await stoppedRun('SLUG_TAKEN'),
      await stoppedRun('SYSTEM_NOT_READY', { state: 'cancelled' }),
    ]
    expect(await bootstrap(ctx)).toMatchObject({ runs_resumed: 2 })
    expect([await waiting(), await givenUp()]).toEqual([now, now])
    expect([await otherwise(), await cancelled()]).toEqual([null, null])
  })

  it('resumes nothing as long as a table has drifted', async () => {
    const ctx = arrange()
    await drift(ctx)
    const nextAttempt = await stoppedRun('SYSTEM_NOT_READY')
    expect(await bootstrap(ctx)).toMatchObject({ status: 'DRIFTED', runs_resumed: 0 })
    expect(await nextAttempt()).toBeNull()
  })

  it('race: of five at once, all succeed, and a waiting run is resumed once', async () => {
    // What other tests have left.
    await bootstrap(arrange())
    const ctx = arrange()
    await stoppedRun('SYSTEM_NOT_READY')
    const reports = await Promise.all(Array.from({ length: 5 }, () => bootstrap(ctx)))
    expect(reports.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'SYNCED'))
    expect(reports.reduce((sum, report) => sum + report.runs_resumed, 0)).toBe(1)
  })

  it('is in the audit log when somebody asked for it, also when it fails', async () => {
    const ctx = arrange()
    const { id: actorId } = await newUser(database.db)
    const entries = () => database.db.select().from(auditLog).where(eq(auditLog.actorId, actorId)).orderBy(auditLog.id)
    ctx.warehouse.failNext('ensureTable', connectionReset())
    await expect(bootstrap(ctx, { actorId })).rejects.toThrow('ECONNRESET')
    expect(await entries()).toMatchObject([{ action: 'bootstrap.started', subjectId: 'organizations' }])
    await bootstrap(ctx, { actorId })
    expect(await entries()).toMatchObject([
      { action: 'bootstrap.started' },
      { action: 'bootstrap.started' },
      { action: 'bootstrap.finished', detail: { status: 'SYNCED', drift: [], runsResumed: expect.any(Number) } },
    ])
  })
})
