import type { Mailer, MailOutcome, OutgoingMail } from '../ports/mailer.ts'
import { faultPoints, type Faults } from './faults.ts'

export interface MemoryMailer extends Mailer, Faults<'send'> {
  readonly sent: readonly OutgoingMail[]
}

/** Sends at once, and so never has anything due. */
export function memoryMailer(): MemoryMailer {
  const { around, ...faults } = faultPoints<'send'>()
  const sent: OutgoingMail[] = []
  return {
    ...faults,
    sent,
    send: (mail) =>
      around('send', async (): Promise<MailOutcome> => {
        if (!sent.some(({ dedupeKey }) => dedupeKey === mail.dedupeKey)) sent.push(mail)
        return 'sent'
      }),
    sendDue: async () => 0,
  }
}
