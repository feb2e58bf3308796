import { invites } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { acceptInvite } from './accept-invite.ts'
import { newInvites } from './invites.ts'
import { joinByInvite } from './join-by-invite.ts'

const { db, sql } = await testDatabase()
const ids = seededIds('invites')
const clock = testClock()
const ctx = { db, clock, ids, log: silentLog() }
const DAY_MS = 24 * 60 * 60 * 1000

async function invite({ email = '', status = 'onboarded' } = {}) {
  const user = await newUser(db)
  const owner = await newUser(db)
  const [org] = await sql<{ id: string }[]>`
    insert into organizations (run_id, slug, name, status)
    values (${crypto.randomUUID()}, ${ids.random(12, 'abcdefgh')}, 'Engines', ${status}) returning id`
  const orgId = org?.id ?? ''
  const people = [{ email: email || user.email, role: 'admin' as const }]
  const [created] = newInvites({ clock, ids }, { orgId, invitedBy: owner.id, people })
  if (!created) throw new Error('nobody was invited')
  await db.insert(invites).values(created)
  const input = { code: created.code, userId: user.id, email: user.email, at: clock.now() }
  return { orgId, created, input, owner }
}

function accept(input: Parameters<typeof acceptInvite>[1]) {
  return inTransaction(db, (tx) => acceptInvite(tx, input))
}

async function membersOf(orgId: string) {
  return [...(await sql`select user_id, role from organization_members where org_id = ${orgId}`)]
}

const refusal = { code: 'INVITE_NOT_FOUND' }

describe('newInvites', () => {
  it('makes a code of 24 characters for 7 days and stores only its hash', async () => {
    const { created } = await invite()
    expect(created.code).toMatch(/^[0-9A-Za-z]{24}$/)
    expect(created.expiresAt.getTime()).toBe(clock.now().getTime() + 7 * DAY_MS)
    const [row] = await sql`select * from invites where id = ${created.id}`
    expect(row).toMatchObject({ email: created.email, role: 'admin', expires_at: created.expiresAt, accepted_at: null })
    expect(JSON.stringify(row)).not.toContain(created.code)
  })

  it('invites nobody when there is nobody to invite', async () => {
    const { orgId, owner } = await invite()
    const none = { orgId, invitedBy: owner.id, people: [] }
    expect(newInvites({ clock, ids }, none)).toEqual([])
  })
})

describe('acceptInvite', () => {
  it('makes the invited person a member with the role of the invitation', async () => {
    const { orgId, input } = await invite()
    expect(await accept(input)).toEqual({ orgId, role: 'admin' })
    expect(await membersOf(orgId)).toEqual([{ user_id: input.userId, role: 'admin' }])
  })

  it('takes the address whatever its case, and a code that was pasted with blanks', async () => {
    const { orgId, input } = await invite()
    await accept({ ...input, email: input.email.toUpperCase(), code: ` ${input.code}\n` })
    expect(await membersOf(orgId)).toHaveLength(1)
  })

  it('of many at once, one gets in and the code is used up', async () => {
    const { orgId, input } = await invite()
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => accept(input)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(accept(input)).rejects.toMatchObject(refusal)
    expect(await membersOf(orgId)).toHaveLength(1)
  })

  it('is possible until the last moment and not after it', async () => {
    const [early, late] = [await invite(), await invite()]
    const end = early.created.expiresAt.getTime()
    await accept({ ...early.input, at: new Date(end - 1) })
    await expect(accept({ ...late.input, at: new Date(end) })).rejects.toMatchObject(refusal)
    expect(await membersOf(late.orgId)).toEqual([])
  })

  it('is refused for another address, a wrong code, a revoked invitation and an abandoned organization', async () => {
    const other = await invite({ email: 'somebody.else@example.com' })
    await expect(accept(other.input)).rejects.toMatchObject(refusal)

    const { created, input } = await invite()
    await expect(accept({ ...input, code: 'x' })).rejects.toMatchObject(refusal)
    await sql`update invites set revoked_at = now() where id = ${created.id}`
    await expect(accept(input)).rejects.toMatchObject(refusal)

    const abandoned = await invite({ status: 'abandoned' })
    await expect(accept(abandoned.input)).rejects.toMatchObject(refusal)
  })

  it('leaves the role of somebody who is a member already', async () => {
    const { orgId, input } = await invite()
    await sql`insert into organization_members (org_id, user_id, role) values (${orgId}, ${input.userId}, 'owner')`
    await accept(input)
    expect(await membersOf(orgId)).toEqual([{ user_id: input.userId, role: 'owner' }])
  })
})

describe('joinByInvite', () => {
  it('makes a member of who was invited, once, and names the organization', async () => {
    const { orgId, created, input } = await invite()
    expect(await joinByInvite(ctx, input)).toEqual({ orgId, name: 'Engines' })
    expect(await membersOf(orgId)).toEqual([{ user_id: input.userId, role: created.role }])
    await expect(joinByInvite(ctx, input)).rejects.toMatchObject(refusal)
  })

  it('knows nobody but whom the mail was sent to', async () => {
    const { orgId, input } = await invite()
    const other = await newUser(db)
    await expect(joinByInvite(ctx, { ...input, userId: other.id })).rejects.toMatchObject(refusal)
    expect(await membersOf(orgId)).toEqual([])
  })
})
