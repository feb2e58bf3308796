import { testDatabase } from '@gangway/db/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { heldUp } from '../testing/held-up.ts'
import { newUser } from '../testing/new-user.ts'
import { remindersContext } from '../testing/reminders.ts'
import { sendNudges } from './send-nudges.ts'
import { setNudges } from './unsubscribe.ts'

const database = await testDatabase()
const { db, sql } = database
const HOUR_MS = 60 * 60 * 1000

beforeEach(async () => {
  await sql`truncate onboarding_sessions cascade`
})

/** A session that somebody left open so long ago. */
async function leftOpen(hoursAgo: number, { role = 'customer', status = 'open' } = {}) {
  const user = await newUser(db)
  await sql`update users set role = ${role} where id = ${user.id}`
  const [session] = await sql<{ id: string }[]>`
    insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, completed_steps, skipped_steps, checksum, status, updated_at)
    values (${user.id}, 1, 1, 'invites', '{profile,work}', '{tools}', 'x', ${status}, now() - ${hoursAgo} * interval '1 hour') returning id`
  return { user, id: session?.id ?? '' }
}

function keys(ctx: ReturnType<typeof remindersContext>) {
  return ctx.jobs.payloads('notifications.send-mail').map(({ dedupeKey }) => dedupeKey)
}

describe('sendNudges', () => {
  it('writes after a day and after three, and never more', async () => {
    const ctx = remindersContext(database)
    const { id, user } = await leftOpen(0)
    const sent: [number, string[]][] = []
    for (const hours of [23, 2, 24, 22, 3, 24, 240]) {
      await ctx.clock.advance(hours * HOUR_MS)
      const before = keys(ctx).length
      await sendNudges(ctx)
      await sendNudges(ctx)
      sent.push([hours, keys(ctx).slice(before)])
    }
    const none: string[] = []
    expect(sent).toEqual([
      ...[
        [23, none],
        [2, [`nudge:${id}:24`]],
        [24, none],
        [22, none],
      ],
      ...[
        [3, [`nudge:${id}:72`]],
        [24, none],
        [240, none],
      ],
    ])
    const [first, last] = ctx.jobs.payloads('notifications.send-mail')
    expect(first).toMatchObject({
      to: user.email,
      text: expect.stringContaining('you have done 3 of 6 steps'),
      unsubscribeUrl: expect.stringMatching(/^https:\/\/api\.example\/api\/mail\/unsubscribe\?token=/),
    })
    expect(first?.text).toContain('https://app.example/o/invites')
    expect(last?.text).toContain('the last reminder')
  })

  it('counts from the last time that somebody was there', async () => {
    const ctx = remindersContext(database)
    const { id } = await leftOpen(25)
    await sendNudges(ctx)
    await sql`update onboarding_sessions set updated_at = now()`
    await ctx.clock.advance(70 * HOUR_MS)
    await sendNudges(ctx)
    expect(keys(ctx)).toEqual([`nudge:${id}:24`])
    await ctx.clock.advance(3 * HOUR_MS)
    await sendNudges(ctx)
    expect(keys(ctx)).toEqual([`nudge:${id}:24`, `nudge:${id}:72`])
  })

  it('writes once when both times have passed, and to nobody who left long ago', async () => {
    const ctx = remindersContext(database)
    const { id } = await leftOpen(80)
    await leftOpen(24 * 8)
    expect([await sendNudges(ctx), await sendNudges(ctx)]).toEqual([1, 0])
    expect(keys(ctx)).toEqual([`nudge:${id}:72`])
  })

  it('leaves staff alone, and who is done', async () => {
    await leftOpen(30, { role: 'admin' })
    await leftOpen(30, { status: 'completed' })
    expect(await sendNudges(remindersContext(database))).toBe(0)
  })

  it('honours the switch in its own mail, until it is switched on again', async () => {
    const ctx = remindersContext(database)
    await leftOpen(25)
    await sendNudges(ctx)
    const token = new URL(ctx.jobs.payloads('notifications.send-mail')[0]?.unsubscribeUrl ?? '').searchParams.get('token') ?? ''
    await setNudges(ctx, { token, on: false })
    await ctx.clock.advance(50 * HOUR_MS)
    expect(await sendNudges(ctx)).toBe(0)
    await setNudges(ctx, { token, on: true })
    expect(await sendNudges(ctx)).toBe(1)
  })

  it('race: of many processes, one writes', async () => {
    await leftOpen(25)
    await leftOpen(75)
    const contexts = Array.from({ length: 6 }, () => remindersContext(database))
    const sent = await heldUp(database, 'onboarding_nudges', () => contexts.map((ctx) => sendNudges(ctx)))
    expect(sent.reduce((sum, count) => sum + count)).toBe(2)
    expect(contexts.flatMap(keys)).toHaveLength(2)
  })

  it('loses no nudge when its mail cannot be enqueued', async () => {
    const ctx = remindersContext(database)
    await leftOpen(25)
    ctx.jobs.failNext('enqueue', new Error('no queue'))
    await expect(sendNudges(ctx)).rejects.toThrow('no queue')
    expect(await sendNudges(ctx)).toBe(1)
  })
})
