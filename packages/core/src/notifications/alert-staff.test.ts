import { testDatabase } from '@gangway/db/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { heldUp } from '../testing/held-up.ts'
import { newUser } from '../testing/new-user.ts'
import { remindersContext } from '../testing/reminders.ts'
import { alertStaff } from './alert-staff.ts'
import { reportFailedRuns } from './report-failed-runs.ts'

const database = await testDatabase()
const { db, sql } = database
const MINUTE_MS = 60 * 1000

beforeEach(async () => {
  await sql`truncate alert_mails, pending_backend_syncs, onboarding_runs cascade`
})

const admins = [await newUser(db), await newUser(db)]
await newUser(db)
for (const { id } of admins) await sql`update users set role = 'admin' where id = ${id}`

function mails(ctx: ReturnType<typeof remindersContext>) {
  return ctx.jobs.payloads('notifications.send-mail')
}

describe('alertStaff', () => {
  const fail = (count: number) => sql`
    insert into pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at, status)
    select gen_random_uuid(), 'org', 'fp', now(), 'failed' from generate_series(1, ${count})`

  it('tells every admin when an alert begins, and not again while it goes on', async () => {
    const ctx = remindersContext(database)
    expect(await alertStaff(ctx)).toBe(0)
    await fail(6)
    expect([await alertStaff(ctx), await alertStaff(ctx)]).toEqual([1, 0])
    await ctx.clock.advance(600 * MINUTE_MS)
    expect(await alertStaff(ctx)).toBe(0)
    expect(
      mails(ctx)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(admins.map(({ email }) => email).toSorted())
    expect(mails(ctx)[0]).toMatchObject({
      subject: 'Sync alert: syncs keep failing',
      text: expect.stringMatching(/Now: 6 records\nUsual, at most: 5 records[^]*https:\/\/staff\.example\/alerts/),
    })
    expect(new Set(mails(ctx).map(({ dedupeKey }) => dedupeKey)).size).toBe(2)
  })

  it('tells when it begins anew, and bears one that comes and goes', async () => {
    const ctx = remindersContext(database)
    const begins = async () => {
      await fail(6)
      const told = await alertStaff(ctx)
      await sql`delete from pending_backend_syncs`
      await alertStaff(ctx)
      return told
    }
    expect([await begins(), await begins()]).toEqual([1, 0])
    await ctx.clock.advance(61 * MINUTE_MS)
    expect(await begins()).toBe(1)
  })

  it('race: of many processes that see it begin, one tells', async () => {
    const ctx = remindersContext(database)
    await fail(6)
    const begun = await heldUp(database, 'alert_mails', () => Array.from({ length: 6 }, () => alertStaff(ctx)))
    expect([begun.reduce((sum, count) => sum + count), mails(ctx).length]).toEqual([1, 2])
  })
})

describe('reportFailedRuns', () => {
  async function failedRun(kind: string, { next = null, slug = 'acme' }: { next?: Date | null; slug?: string } = {}) {
    const { id } = await newUser(db)
    const failure = { code: 'WAREHOUSE_DENIED', message: 'The data warehouse refused access.', errorId: 'err_1', kind }
    const [run] = await sql<{ id: string }[]>`
      insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, failure, next_attempt_at)
      values (${crypto.randomUUID()}, ${id}, 'STARTER', ${slug}, 'Acme', 'failed', ${sql.json(failure)}, ${next}) returning id`
    return run?.id ?? ''
  }

  it('tells of a run that only staff can help, with its cause and the way to it', async () => {
    const ctx = remindersContext(database)
    const runId = await failedRun('permanent')
    expect([await reportFailedRuns(ctx), await reportFailedRuns(ctx)]).toEqual([1, 0])
    expect(mails(ctx)).toHaveLength(2)
    expect(mails(ctx)[0]?.subject).toBe('Run alert: the setup of acme needs you')
    expect(mails(ctx)[0]?.text).toContain('acme: The data warehouse refused access.')
    expect(mails(ctx)[0]?.text).toContain(`https://staff.example/runs/${runId}`)
  })

  it('leaves out what customers can mend and what is tried again, and takes what was given up', async () => {
    const ctx = remindersContext(database)
    await failedRun('customer')
    await failedRun('transient', { next: new Date() })
    expect(await reportFailedRuns(ctx)).toBe(0)
    await failedRun('transient', { slug: 'given_up' })
    expect(await reportFailedRuns(ctx)).toBe(1)
  })

  it('gathers what fails in one mail, a quarter of an hour apart', async () => {
    const ctx = remindersContext(database)
    await failedRun('permanent')
    await reportFailedRuns(ctx)
    for (let n = 0; n < 11; n++) await failedRun('permanent', { slug: `late_${n}` })
    expect(await reportFailedRuns(ctx)).toBe(0)
    await ctx.clock.advance(15 * MINUTE_MS)
    expect(await reportFailedRuns(ctx)).toBe(11)
    expect(mails(ctx)).toHaveLength(4)
    expect(mails(ctx)[2]).toMatchObject({
      subject: 'Run alert: 11 setups need you',
      text: expect.stringContaining('And: 3 more'),
    })
  })

  it('tells again of a run that was tried again and has failed again', async () => {
    const ctx = remindersContext(database)
    const runId = await failedRun('permanent')
    await reportFailedRuns(ctx)
    await sql`update onboarding_runs set last_seq = last_seq + 2 where id = ${runId}`
    await ctx.clock.advance(16 * MINUTE_MS)
    expect([await reportFailedRuns(ctx), await reportFailedRuns(ctx)]).toEqual([1, 0])
  })

  it('race: of many processes, one tells', async () => {
    const ctx = remindersContext(database)
    await failedRun('permanent')
    const counts = await heldUp(database, 'alert_mails', () => Array.from({ length: 6 }, () => reportFailedRuns(ctx)))
    expect([counts.reduce((sum, count) => sum + count), mails(ctx).length]).toEqual([1, 2])
  })
})
