import { testDatabase } from '@gangway/db/testing'
import { organizationSchema } from '@gangway/schemas/organizations'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { listMyOrganizations } from './mine.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('mine'), log: silentLog() }

async function newOrganization(slug: string, { status = 'onboarded', at = '2026-01-01' } = {}): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into organizations (run_id, slug, name, status, workspace, created_at)
    values (${crypto.randomUUID()}, ${slug}, 'Engines', ${status}, ${`${slug}_1`}, ${at}) returning id`
  return row?.id ?? ''
}

describe('listMyOrganizations', () => {
  it('answers one’s own, newest first, with role and plan', async () => {
    const [user, other] = [await newUser(db), await newUser(db)]
    const [older, newer, gone, foreign] = [
      await newOrganization('older', { status: 'provisioning' }),
      await newOrganization('newer', { at: '2026-02-01' }),
      await newOrganization('gone', { status: 'abandoned', at: '2026-03-01' }),
      await newOrganization('foreign'),
    ]
    await sql`
      insert into organization_members (org_id, user_id, role)
      values (${older}, ${user.id}, 'member'), (${newer}, ${user.id}, 'owner'), (${gone}, ${user.id}, 'owner'), (${foreign}, ${other.id}, 'owner')`
    await sql`
      insert into subscriptions (org_id, checkout_session_id, plan, status, provider) values (${newer}, 'cs_1', 'SCALE', 'active', 'sandbox')`

    const mine = await listMyOrganizations(ctx, { userId: user.id })
    expect(organizationSchema.array().parse(mine)).toEqual(mine)
    expect(mine).toMatchObject([
      { id: newer, slug: 'newer', role: 'owner', plan: 'SCALE', workspace: 'newer_1', status: 'onboarded' },
      { id: older, slug: 'older', role: 'member', plan: null, status: 'provisioning' },
    ])
  })

  it('is empty for somebody without one', async () => {
    const { id: userId } = await newUser(db)
    expect(await listMyOrganizations(ctx, { userId })).toEqual([])
  })
})
