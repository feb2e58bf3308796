import { memoryMailer } from '@gangway/core/testing'
import { mailOutbox } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { eq } from 'drizzle-orm'
import { mailerContract } from '../contracts/mailer.contract.ts'
import { createMailOutbox } from './mail-outbox.ts'

const { db } = await testDatabase()

mailerContract('the mail outbox', () => ({
  mailer: createMailOutbox({ db }),
  async sentTo(address) {
    const rows = await db.select().from(mailOutbox).where(eq(mailOutbox.recipient, address))
    return rows.map(({ dedupeKey, recipient, subject, textBody, htmlBody }) => ({
      dedupeKey,
      to: recipient,
      subject,
      text: textBody,
      html: htmlBody,
    }))
  },
}))

mailerContract('the mailer in memory', () => {
  const mailer = memoryMailer()
  return { mailer, sentTo: async (address) => mailer.sent.filter(({ to }) => to === address) }
})
