export interface OutgoingMail {
  /** A mail is sent once per key. */
  dedupeKey: string
  to: string
  subject: string
  text: string
  html: string
}

export interface Mailer {
  send(mail: OutgoingMail): Promise<void>
}
