import { invites } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { inTransaction } from '@gangway/db/transaction'
import { beforeEach, describe, expect, it } from 'vitest'
import { acceptInvite, newInvites } from '../organizations/index.ts'
import { heldUp } from '../testing/held-up.ts'
import { newUser } from '../testing/new-user.ts'
import { remindersContext } from '../testing/reminders.ts'
import { remindInvites } from './remind-invites.ts'

const database = await testDatabase()
const { db, sql } = database
const DAY_MS = 24 * 60 * 60 * 1000

beforeEach(async () => {
  await sql`truncate invites`
})

async function invited(ctx: ReturnType<typeof remindersContext>, { status = 'onboarded' } = {}) {
  const [owner, guest] = [await newUser(db, { name: 'Grace Hopper' }), await newUser(db)]
  const [org] = await sql<{ id: string }[]>`
    insert into organizations (run_id, slug, name, status)
    values (${crypto.randomUUID()}, ${`o_${crypto.randomUUID().slice(0, 8)}`}, 'Engines', ${status}) returning id`
  const people = [{ email: guest.email, role: 'member' as const }]
  const [invite] = newInvites(ctx, { orgId: org?.id ?? '', invitedBy: owner.id, people })
  if (!invite) throw new Error('nobody was invited')
  await db.insert(invites).values(invite)
  return { invite, guest }
}

describe('remindInvites', () => {
  it('reminds once, two days before the end', async () => {
    const ctx = remindersContext(database)
    const { invite, guest } = await invited(ctx)
    await ctx.clock.advance(4.9 * DAY_MS)
    expect(await remindInvites(ctx)).toBe(0)
    await ctx.clock.advance(0.2 * DAY_MS)
    expect([await remindInvites(ctx), await remindInvites(ctx)]).toEqual([1, 0])
    expect(ctx.jobs.payloads('notifications.send-mail')).toMatchObject([
      {
        dedupeKey: `invite-reminder:${invite.id}`,
        to: guest.email,
        text: expect.stringContaining('Grace Hopper has invited you'),
      },
    ])
  })

  it.each(['first', 'second'] as const)('leaves the %s code working, and either works once', async (which) => {
    const ctx = remindersContext(database)
    const { invite, guest } = await invited(ctx)
    await ctx.clock.advance(6 * DAY_MS)
    await remindInvites(ctx)
    const second = /invite\/(\w{24})/.exec(ctx.jobs.payloads('notifications.send-mail')[0]?.text ?? '')?.[1] ?? ''
    expect(second).not.toBe(invite.code)
    const accept = (code: string) =>
      inTransaction(db, (tx) => acceptInvite(tx, { code, userId: guest.id, email: guest.email, at: ctx.clock.now() }))
    expect(await accept(which === 'first' ? invite.code : second)).toMatchObject({ orgId: invite.orgId })
    await expect(accept(which === 'first' ? second : invite.code)).rejects.toMatchObject({ code: 'INVITE_NOT_FOUND' })
  })

  it('reminds nobody who is in, uninvited, too late, or invited into what is gone', async () => {
    const ctx = remindersContext(database)
    const [{ invite: used }, { invite: revoked }] = [
      await invited(ctx),
      await invited(ctx),
      await invited(ctx, { status: 'abandoned' }),
    ]
    await sql`update invites set accepted_at = now() where id = ${used.id}`
    await sql`update invites set revoked_at = now() where id = ${revoked.id}`
    await ctx.clock.advance(6 * DAY_MS)
    expect(await remindInvites(ctx)).toBe(0)
    await invited(ctx)
    await ctx.clock.advance(8 * DAY_MS)
    expect(await remindInvites(ctx)).toBe(0)
  })

  it('race: of many processes, one reminds', async () => {
    const ctx = remindersContext(database)
    await invited(ctx)
    await ctx.clock.advance(6 * DAY_MS)
    const counts = await heldUp(database, 'invites', () => Array.from({ length: 6 }, () => remindInvites(ctx)))
    expect([counts.reduce((sum, count) => sum + count), ctx.jobs.enqueued.length]).toEqual([1, 1])
  })
})
