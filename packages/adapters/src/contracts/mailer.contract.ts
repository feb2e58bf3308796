import { randomUUID } from 'node:crypto'
import type { Mailer, OutgoingMail } from '@gangway/core/ports'
import { describe, expect, it } from 'vitest'

export interface MailerUnderTest {
  mailer: Mailer
  /** Everything sent so far to one address. */
  sentTo(address: string): Promise<OutgoingMail[]>
}

/** What every mailer must do. */
export function mailerContract(name: string, open: () => MailerUnderTest): void {
  describe(`${name} keeps the contract of a mailer`, () => {
    function newMail(): OutgoingMail {
      const id = randomUUID()
      return {
        dedupeKey: `welcome:${id}`,
        to: `${id}@example.com`,
        subject: 'Welcome, "Ann"',
        text: "It's done.",
        html: '<p>It’s done.</p>',
      }
    }

    it('sends a mail as it is', async () => {
      const { mailer, sentTo } = open()
      const mail = newMail()
      await mailer.send(mail)
      expect(await sentTo(mail.to)).toEqual([mail])
    })

    it('race: sends one mail once, however often it is told', async () => {
      const { mailer, sentTo } = open()
      const mail = newMail()
      await Promise.all(Array.from({ length: 8 }, () => mailer.send(mail)))
      await mailer.send({ ...mail, subject: 'Welcome again' })
      expect(await sentTo(mail.to)).toEqual([mail])
    })

    it('sends two mails to one person', async () => {
      const { mailer, sentTo } = open()
      const mail = newMail()
      await mailer.send(mail)
      await mailer.send({ ...mail, dedupeKey: `${mail.dedupeKey}:2` })
      expect(await sentTo(mail.to)).toHaveLength(2)
    })
  })
}
