import type { NotificationsContext } from '../context.ts'
import type { OutgoingMail } from '../ports/index.ts'

/** Sends one mail. A repeat of its `dedupeKey` is not sent again. Throws what the mailer throws; the queue tries again. */
export async function sendMail(ctx: NotificationsContext, mail: OutgoingMail): Promise<void> {
  await ctx.mailer.send(mail)
  ctx.log.info({ dedupeKey: mail.dedupeKey }, 'mail sent')
}
