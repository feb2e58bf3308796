import { randomUUID } from 'node:crypto'
import type { Mailer, OutgoingMail } from '@gangway/core/ports'
import { describe, expect, it } from 'vitest'

export interface DeliveredMail extends Omit<OutgoingMail, 'dedupeKey'> {
  /** By which whoever gets it twice can tell. */
  id: string
}

export interface MailerUnderTest {
  mailer: Mailer
  /** Everything delivered so far to one address. */
  deliveredTo(address: string): Promise<DeliveredMail[]>
  /** The next mail arrives, and whoever sent it is not told. */
  loseReply(): void
  /** Lets the time pass until what was deferred is due. */
  waitUntilDue(): Promise<void>
}

/** What every mailer must do. */
export function mailerContract(name: string, open: () => MailerUnderTest): void {
  describe(`${name} keeps the contract of a mailer`, () => {
    function newMail(): OutgoingMail {
      const id = randomUUID()
      return {
        dedupeKey: `welcome:${id}`,
        to: `${id}@example.com`,
        subject: 'Welcome, "Ann" — to Größe, on a line that is long enough to be folded by whoever carries it',
        text: "It's done.\n\n.\nA line with nothing but a dot ends no mail.",
        html: '<p>It’s <a href="https://app.example.com/x?a=1&amp;b=2">done</a>.</p>',
        unsubscribeUrl: 'https://api.example.com/unsubscribe?token=abc.def',
      }
    }

    function contentOf({ to, subject, text, html, unsubscribeUrl }: OutgoingMail) {
      return { to, subject, text, html, unsubscribeUrl }
    }

    it('sends a mail as it is', async () => {
      const { mailer, deliveredTo } = open()
      const mail = newMail()
      expect(await mailer.send(mail)).toBe('sent')
      expect(await deliveredTo(mail.to)).toEqual([{ ...contentOf(mail), id: expect.any(String) }])
    })

    it('sends a mail that cannot be switched off', async () => {
      const { mailer, deliveredTo } = open()
      const { unsubscribeUrl: _, ...mail } = newMail()
      await mailer.send(mail)
      expect((await deliveredTo(mail.to))[0]?.unsubscribeUrl).toBeUndefined()
    })

    it('race: sends one mail once, however often it is told', async () => {
      const { mailer, deliveredTo } = open()
      const mail = newMail()
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => mailer.send(mail)))
      expect(outcomes).toContain('sent')
      expect(outcomes).not.toContain('refused')
      expect(await mailer.send({ ...mail, subject: 'Welcome again' })).toBe('sent')
      await mailer.sendDue()
      expect(await deliveredTo(mail.to)).toMatchObject([contentOf(mail)])
    })

    it('sends two mails to one person', async () => {
      const { mailer, deliveredTo } = open()
      const mail = newMail()
      await mailer.send(mail)
      await mailer.send({ ...mail, dedupeKey: `${mail.dedupeKey}:2` })
      const ids = (await deliveredTo(mail.to)).map(({ id }) => id)
      expect([ids.length, new Set(ids).size]).toEqual([2, 2])
    })

    it('loses no mail with a lost reply, and repeats it, if at all, as the same mail', async () => {
      const mailerUnderTest = open()
      const { mailer, deliveredTo } = mailerUnderTest
      const mail = newMail()
      mailerUnderTest.loseReply()
      await mailer.send(mail).catch(() => 'unknown')
      await mailerUnderTest.waitUntilDue()
      await mailer.sendDue()
      expect(await mailer.send(mail)).toBe('sent')
      const delivered = await deliveredTo(mail.to)
      expect(delivered.length).toBeLessThanOrEqual(2)
      expect(new Set(delivered.map(({ id }) => id)).size).toBe(1)
    })
  })
}
