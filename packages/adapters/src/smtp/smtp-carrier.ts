import { createHash } from 'node:crypto'
import type { OutgoingMail } from '@gangway/core/ports'
import nodemailer from 'nodemailer'
import { smtpUrlSchema } from './smtp-options.ts'

export interface SmtpCarrierOptions {
  /** See `smtpUrlSchema`. */
  url: string
  /** `Gangway <hello@example.com>`, or an address alone. */
  from: string
}

export interface SmtpCarrier {
  /** Resolves once the server has taken the mail. Throws what nodemailer throws. */
  carry(mail: OutgoingMail): Promise<void>
}

/** Below the time after which the outbox takes an attempt for dead. */
const AT_MOST_MS = 2 * 60 * 1000

/** Hands mails to an SMTP server, each over a connection of its own. */
export function createSmtpCarrier({ url, from }: SmtpCarrierOptions): SmtpCarrier {
  const transport = nodemailer.createTransport(smtpUrlSchema.parse(url))
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    async carry({ dedupeKey, to, subject, text, html, unsubscribeUrl }) {
      await transport.sendMail({
        from,
        // Taken for an address and not parsed: a comma in it would be a second recipient.
        to: { name: '', address: to },
        ...{ subject, text, html },
        messageId: messageId(dedupeKey, domain),
        // A server that trickles is no faster than one that hangs.
        signal: AbortSignal.timeout(AT_MOST_MS),
        headers: {
          // Nobody's automatic reply is wanted. https://www.rfc-editor.org/rfc/rfc3834#section-5
          'Auto-Submitted': 'auto-generated',
          // https://www.rfc-editor.org/rfc/rfc8058
          ...(unsubscribeUrl && {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      })
    },
  }
}

/** The same for every repeat of a mail, so that whoever gets it twice can tell. */
function messageId(dedupeKey: string, domain: string): string {
  return `<${createHash('sha256').update(dedupeKey).digest('hex').slice(0, 40)}@${domain}>`
}
