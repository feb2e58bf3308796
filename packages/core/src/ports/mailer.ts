export interface OutgoingMail {
  /** A mail is sent once per key. */
  dedupeKey: string
  to: string
  subject: string
  text: string
  html: string
  /** Of mails that can be switched off: what a mail program's own button calls, and a page for people. */
  unsubscribeUrl?: string | undefined
}

/**
 * `sent`: it has left, now or before. `deferred`: it is kept and tried again by `sendDue`. `refused`: it never will be
 * delivered, and no repeat changes that.
 */
export type MailOutcome = 'sent' | 'deferred' | 'refused'

export interface Mailer {
  /** Keeps the mail first, so that nothing loses it, and hands it on then. Throws only where it could not be kept. */
  send(mail: OutgoingMail): Promise<MailOutcome>
  /** Tries again what was deferred and is due. Answers how many mails it tried. */
  sendDue(): Promise<number>
}
