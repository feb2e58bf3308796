import { mailOutbox } from '@gangway/db/schema'
import type { Mail } from '@gangway/schemas/mail'
import { desc } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

const NEWEST = 100

/** The newest 100 mails of the outbox, newest first. */
export function listOutbox(ctx: BaseContext): Promise<Mail[]> {
  return ctx.db
    .select({
      id: mailOutbox.id,
      to: mailOutbox.recipient,
      subject: mailOutbox.subject,
      text: mailOutbox.textBody,
      html: mailOutbox.htmlBody,
      createdAt: mailOutbox.createdAt,
    })
    .from(mailOutbox)
    .orderBy(desc(mailOutbox.createdAt), desc(mailOutbox.id))
    .limit(NEWEST)
}
