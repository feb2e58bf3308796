import { testDatabase } from '@gangway/db/testing'
import { mailSchema } from '@gangway/schemas/mail'
import { describe, expect, it } from 'vitest'
import { connectionReset, memoryMailer, seededIds, silentLog, testClock } from '../testing/index.ts'
import { listOutbox } from './list-outbox.ts'
import { sendMail } from './send-mail.ts'

const { db, sql } = await testDatabase()

function context() {
  return { db, clock: testClock(), ids: seededIds('mail'), log: silentLog(), mailer: memoryMailer() }
}

const mail = { dedupeKey: 'welcome:1', to: 'ada@example.com', subject: 'Hello', text: 'Hello, Ada', html: '<p>Hello, Ada</p>' }

describe('sendMail', () => {
  it('hands the mail to the mailer and logs neither address nor text', async () => {
    const ctx = context()
    await sendMail(ctx, mail)
    expect(ctx.mailer.sent).toEqual([mail])
    expect(JSON.stringify(ctx.log.entries)).not.toMatch(/ada@|Hello/)
  })

  it('throws what the mailer throws, so that the queue tries again', async () => {
    const ctx = context()
    ctx.mailer.failNext('send', connectionReset())
    await expect(sendMail(ctx, mail)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await sendMail(ctx, mail)
    expect(ctx.mailer.sent).toHaveLength(1)
  })
})

describe('listOutbox', () => {
  it('answers the newest hundred, newest first', async () => {
    await sql`
      insert into mail_outbox (dedupe_key, recipient, subject, text_body, html_body, created_at)
      select 'mail:' || n, 'ada@example.com', 'No. ' || n, 'text', '<p>html</p>', timestamptz '2026-01-01' + n * interval '1 minute'
      from generate_series(1, 120) as n`
    const mails = await listOutbox(context())
    expect(mailSchema.array().parse(mails)).toEqual(mails)
    expect(mails.map(({ subject }) => subject)).toEqual(Array.from({ length: 100 }, (_, index) => `No. ${120 - index}`))
    expect(mails[0]).toMatchObject({ to: 'ada@example.com', text: 'text', html: '<p>html</p>' })
  })
})
