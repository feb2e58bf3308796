import { GangwayError } from '@gangway/core/errors'
import type { Mailer, OutgoingMail } from '@gangway/core/ports'
import { connectionReset, memoryMailer } from '@gangway/core/testing'
import { connect } from '@gangway/db/client'
import { mailOutbox } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type DeliveredMail, mailerContract } from '../contracts/mailer.contract.ts'
import { createMailOutbox } from './mail-outbox.ts'

const { db, sql, urls } = await testDatabase()

async function rowsTo(address: string): Promise<DeliveredMail[]> {
  const rows = await db.select().from(mailOutbox).where(eq(mailOutbox.recipient, address))
  return rows.map(({ dedupeKey, recipient, subject, textBody, htmlBody, unsubscribeUrl }) => ({
    ...{ id: dedupeKey, to: recipient, subject, text: textBody ?? '', html: htmlBody ?? '' },
    unsubscribeUrl: unsubscribeUrl ?? undefined,
  }))
}

mailerContract('the mail outbox', () => {
  const outbox = createMailOutbox({ db })
  let lost = false
  const send: Mailer['send'] = async (mail) => {
    const outcome = await outbox.send(mail)
    if (!lost) return outcome
    lost = false
    throw connectionReset()
  }
  return { mailer: { ...outbox, send }, deliveredTo: rowsTo, loseReply: () => (lost = true), waitUntilDue: async () => {} }
})

mailerContract('the mailer in memory', () => {
  const mailer = memoryMailer()
  return {
    mailer,
    deliveredTo: async (address) =>
      mailer.sent.filter(({ to }) => to === address).map(({ dedupeKey: id, ...mail }) => ({ id, ...mail })),
    loseReply: () => mailer.loseReply('send', connectionReset()),
    waitUntilDue: async () => {},
  }
})

describe('a mail outbox with a carrier', () => {
  const mail = (name: string): OutgoingMail => ({
    ...{ dedupeKey: name, to: `${name}@example.com`, subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' },
  })

  /** Fails with each of these in turn, and carries then. */
  function carrier(...failures: Error[]) {
    const carried: string[] = []
    return {
      carried,
      async carry({ dedupeKey }: OutgoingMail) {
        const failure = failures.shift()
        if (failure) throw failure
        carried.push(dedupeKey)
      },
    }
  }

  const row = async (name: string) =>
    (await sql`select *, extract(epoch from next_attempt_at - now())::int as wait from mail_outbox where dedupe_key = ${name}`)[0]

  const pass = (name: string, time: string) =>
    sql`update mail_outbox set next_attempt_at = next_attempt_at - ${time}::interval, created_at = created_at - ${time}::interval where dedupe_key = ${name}`

  it('forgets what a mail said once it has left', async () => {
    await createMailOutbox({ db, carrier: carrier() }).send(mail('left'))
    expect(await row('left')).toMatchObject({
      sent_at: expect.any(Date),
      text_body: null,
      html_body: null,
      carrier: 'smtp',
      attempts: 1,
    })
  })

  it('tries again after growing pauses, and gives up after three days', async () => {
    const outbox = createMailOutbox({ db, carrier: carrier(...Array.from({ length: 9 }, () => connectionReset())) })
    expect(await outbox.send(mail('slow'))).toBe('deferred')
    const waits: number[] = []
    for (let n = 0; n < 7; n++) {
      waits.push(Math.round(Number((await row('slow'))?.['wait']) / 60))
      await pass('slow', '65 minutes')
      await outbox.sendDue()
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60])
    expect(await row('slow')).toMatchObject({ refused_at: null, last_error: 'read ECONNRESET', attempts: 8, text_body: 'Hello' })
    await pass('slow', '3 days')
    await outbox.sendDue()
    expect(await row('slow')).toMatchObject({ refused_at: expect.any(Date), text_body: null, html_body: null })
    expect(await outbox.send(mail('slow'))).toBe('refused')
  })

  it('does not try each of many mails while the server is down', async () => {
    const outbox = createMailOutbox({ db, carrier: carrier(...Array.from({ length: 60 }, () => connectionReset())) })
    for (let n = 0; n < 12; n++) await outbox.send(mail(`queued-${n}`))
    await sql`update mail_outbox set next_attempt_at = now() where dedupe_key like 'queued-%'`
    expect(await outbox.sendDue()).toBe(5)
    await sql`update mail_outbox set refused_at = now() where dedupe_key like 'queued-%'`
  })

  it('gives up at once what will never be taken', async () => {
    const outbox = createMailOutbox({ db, carrier: carrier(new GangwayError('MAIL_REFUSED')) })
    expect(await outbox.send(mail('nobody'))).toBe('refused')
    expect(await outbox.send(mail('nobody'))).toBe('refused')
  })

  it('waits for whoever runs it to mend a wrong password', async () => {
    const outbox = createMailOutbox({ db, carrier: carrier(new GangwayError('MAIL_MISCONFIGURED')) })
    expect(await outbox.send(mail('locked-out'))).toBe('deferred')
    await pass('locked-out', '2 minutes')
    await outbox.sendDue()
    expect(await outbox.send(mail('locked-out'))).toBe('sent')
  })

  it('race: of two processes that send what is due, one hands it on', async () => {
    const first = createMailOutbox({ db, carrier: carrier(connectionReset()) })
    await first.send(mail('contended'))
    await pass('contended', '2 minutes')
    const other = connect({ url: urls.worker, name: 'other-worker' })
    const hands = carrier()
    await Promise.all(
      [createMailOutbox({ db, carrier: hands }), createMailOutbox({ db: other.db, carrier: hands })].map((outbox) =>
        outbox.sendDue(),
      ),
    )
    await other.close()
    expect(hands.carried.filter((key) => key === 'contended')).toEqual(['contended'])
  })

  it('race: a process that dies in the middle is followed by another, and not before it must be dead', async () => {
    void createMailOutbox({ db, carrier: { carry: () => new Promise(() => {}) } }).send(mail('orphan'))
    await expect.poll(async () => (await row('orphan'))?.['attempts']).toBe(1)
    const hands = carrier()
    const heir = createMailOutbox({ db, carrier: hands })
    await heir.sendDue()
    expect(hands.carried).toEqual([])
    await pass('orphan', '6 minutes')
    await heir.sendDue()
    expect(hands.carried).toEqual(['orphan'])
  })

  it('sends nothing of what was kept here before there was a carrier', async () => {
    await createMailOutbox({ db }).send(mail('old'))
    const hands = carrier()
    const outbox = createMailOutbox({ db, carrier: hands })
    await pass('old', '1 day')
    await outbox.sendDue()
    expect([await outbox.send(mail('old')), hands.carried]).toEqual(['sent', []])
  })
})
