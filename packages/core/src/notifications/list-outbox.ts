import { mailOutbox } from '@gangway/db/schema'
import type { Mail } from '@gangway/schemas/mail'
import type { BaseContext } from '../context.ts'
import { newestOrder } from '../paging/index.ts'

const NEWEST = 100

/** The newest 100 mails, newest first, however they leave. */
export async function listOutbox(ctx: BaseContext): Promise<Mail[]> {
  const rows = await ctx.db
    .select()
    .from(mailOutbox)
    .orderBy(...newestOrder({ time: mailOutbox.createdAt, id: mailOutbox.id }))
    .limit(NEWEST)
  return rows.map((row) => {
    const { id, recipient, subject, textBody, htmlBody, createdAt, sentAt, attempts, lastError } = row
    const state = stateOf(row)
    const nextAttemptAt = state === 'waiting' ? row.nextAttemptAt : null
    return {
      ...{ id, to: recipient, subject, text: textBody, html: htmlBody },
      ...{ state, createdAt, sentAt, attempts, lastError, nextAttemptAt },
    }
  })
}

function stateOf({ carrier, sentAt, refusedAt }: typeof mailOutbox.$inferSelect): Mail['state'] {
  if (carrier === 'outbox') return 'kept'
  if (sentAt) return 'sent'
  return refusedAt ? 'refused' : 'waiting'
}
