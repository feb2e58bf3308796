import { inTransaction } from '@gangway/db/transaction'
import { testDatabase } from '@gangway/db/testing'
import { auditPageSchema, listAuditInputSchema, type AuditEntry, type AuditFilter } from '@gangway/schemas/audit'
import { beforeAll, describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { listAudit } from './list-audit.ts'
import { recordAudit } from './record-audit.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('audit'), log: silentLog() }
const at = new Date('2026-03-01T10:00:00Z')
const runId = crypto.randomUUID()

beforeAll(async () => {
  const admin = await newUser(db, { email: 'root@example.com' })
  const gone = crypto.randomUUID()
  await inTransaction(db, async (tx) => {
    const subject = { type: 'run', id: runId }
    await recordAudit(tx, { actorId: admin.id, at, action: 'run.retried', subject, detail: { fromStage: 'finalize' } })
    await recordAudit(tx, { actorId: gone, at, action: 'run.cancelled', subject })
    await recordAudit(tx, {
      actorId: null,
      at: new Date('2026-03-02T10:00:00Z'),
      action: '100%_sure',
      subject: { type: 'org', id: 'acme' },
    })
  })
})

async function list(filter: AuditFilter, limit = 50): Promise<AuditEntry[]> {
  const rows: AuditEntry[] = []
  let cursor: string | null = null
  do {
    const page = await listAudit(ctx, listAuditInputSchema.parse({ filter, limit, cursor }))
    expect(auditPageSchema.parse(page)).toEqual(page)
    expect(page.count.exact).toBe(true)
    rows.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor)
  return rows
}

async function actions(filter: AuditFilter): Promise<string[]> {
  return (await list(filter)).map(({ action }) => action)
}

describe('listAudit', () => {
  it('tells who did what to what, newest first, page by page', async () => {
    expect(await list({}, 1)).toEqual(await list({}))
    expect(await list({})).toMatchObject([
      { action: '100%_sure', actor: null, subject: { type: 'org', id: 'acme' }, detail: {} },
      { action: 'run.cancelled', actor: { email: null }, at },
      {
        action: 'run.retried',
        actor: { email: 'root@example.com' },
        subject: { type: 'run', id: runId },
        detail: { fromStage: 'finalize' },
      },
    ])
  })

  it('is found by action, by subject and by person, whatever characters are typed', async () => {
    expect(await actions({ text: 'RETRIED' })).toEqual(['run.retried'])
    expect(await actions({ text: runId })).toEqual(['run.cancelled', 'run.retried'])
    expect(await actions({ text: 'root@' })).toEqual(['run.retried'])
    expect(await actions({ text: '100%_' })).toEqual(['100%_sure'])
    expect(await actions({ text: '%' })).toEqual(['100%_sure'])
    expect(await actions({ text: '\\' })).toEqual([])
  })

  it('keeps to a window, which holds its beginning and not its end', async () => {
    expect(await actions({ from: new Date('2026-03-02') })).toEqual(['100%_sure'])
    expect(await actions({ from: at, before: new Date('2026-03-02') })).toEqual(['run.cancelled', 'run.retried'])
    expect(await actions({ before: at })).toEqual([])
    await expect(actions({ from: at, before: new Date(0) })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('is undone with what it tells of', async () => {
    const failure = inTransaction(db, async (tx) => {
      await recordAudit(tx, { actorId: null, at, action: 'undone', subject: { type: 'run', id: runId } })
      throw new Error('no')
    })
    await expect(failure).rejects.toThrow('no')
    expect(await sql`select 1 from audit_log where action = 'undone'`).toHaveLength(0)
  })
})
