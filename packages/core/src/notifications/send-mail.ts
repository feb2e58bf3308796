import type { NotificationsContext } from '../context.ts'
import { isDemoAddress } from '../demo/address.ts'
import type { OutgoingMail } from '../ports/index.ts'

/** Sends one mail, unless to somebody who was made up. A repeat of its `dedupeKey` is not sent again. Throws only where the mail could not be kept; the queue tries again. */
export async function sendMail(ctx: NotificationsContext, mail: OutgoingMail): Promise<void> {
  if (isDemoAddress(mail.to)) return
  const outcome = await ctx.mailer.send(mail)
  const { dedupeKey } = mail
  if (outcome === 'sent') ctx.log.info({ dedupeKey }, 'mail sent')
  else ctx.log.warn({ dedupeKey, outcome }, 'mail not sent')
}

/** Tries again what the mail server did not take. Any number of processes may do so. */
export async function sendDueMails(ctx: NotificationsContext): Promise<void> {
  const tried = await ctx.mailer.sendDue()
  if (tried > 0) ctx.log.info({ tried }, 'mails tried again')
}
