import { classify } from '@gangway/core/errors'
import type { Mailer, MailOutcome, OutgoingMail } from '@gangway/core/ports'
import type { Db } from '@gangway/db/client'
import { mailOutbox } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, isNull, lte, sql, type SQL } from 'drizzle-orm'

export interface MailOutboxOptions {
  db: Db
  /** Takes mail out of the house. Without one it is kept here, for staff to read. */
  carrier?: { carry(mail: OutgoingMail): Promise<void> }
}

/** Longer than any carrier takes: whoever has not said by then how it went is dead. */
const ATTEMPT = sql`interval '5 minutes'`
/** 1, 2, 4 … minutes, then every hour. https://www.rfc-editor.org/rfc/rfc5321#section-4.5.4.1 */
const PAUSE = sql`least(interval '1 hour', interval '1 minute' * 2 ^ least(${mailOutbox.attempts} - 1, 6))`
const GIVE_UP_AFTER = sql`interval '3 days'`
const AT_ONCE = 50
/** So many in a row that were not taken: the server is down, and the others need not wait for it one by one. */
const ENOUGH = 5

/**
 * A mail becomes a row, once for each key, before anybody hands it on; the row is taken by a conditional update for the
 * time of one attempt. A process that dies in between loses nothing. It can have handed the mail on without having said
 * so: then it goes out once more, under the same Message-ID.
 */
export function createMailOutbox({ db, carrier }: MailOutboxOptions): Mailer {
  async function keep({ dedupeKey, to, subject, text, html, unsubscribeUrl }: OutgoingMail): Promise<void> {
    const mail = { dedupeKey, recipient: to, subject, textBody: text, htmlBody: html, unsubscribeUrl }
    const leaves = carrier ? { carrier: 'smtp' as const } : { carrier: 'outbox' as const, sentAt: sql`now()` }
    await inTransaction(db, (tx) =>
      tx
        .insert(mailOutbox)
        .values({ ...mail, ...leaves })
        .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
    )
  }

  async function attempt(which: SQL): Promise<MailOutcome> {
    const mail = await take(db, which)
    if (!mail || !carrier) return outcomeOf(db, which)
    try {
      await carrier.carry(mail)
    } catch (error) {
      return await giveBack(db, mail.dedupeKey, error)
    }
    await settle(db, mail.dedupeKey, { sentAt: sql`now()`, lastError: null, ...WITHOUT_BODY })
    return 'sent'
  }

  return {
    async send(mail) {
      await keep(mail)
      return attempt(eq(mailOutbox.dedupeKey, mail.dedupeKey))
    },
    async sendDue() {
      if (!carrier) return 0
      const due = await db
        .select({ id: mailOutbox.id })
        .from(mailOutbox)
        .where(isDue())
        .orderBy(mailOutbox.nextAttemptAt)
        .limit(AT_ONCE)
      let [tried, inVain] = [0, 0]
      for (const { id } of due) {
        const outcome = await attempt(eq(mailOutbox.id, id))
        tried += 1
        inVain = outcome === 'deferred' ? inVain + 1 : 0
        if (inVain === ENOUGH) break
      }
      return tried
    },
  }
}

/** It can hold links that let people in, and has no more business here. */
const WITHOUT_BODY = { textBody: null, htmlBody: null }

function isDue(): SQL | undefined {
  return and(isNull(mailOutbox.sentAt), isNull(mailOutbox.refusedAt), lte(mailOutbox.nextAttemptAt, sql`now()`))
}

/** The mail, for the one who may hand it on now. */
async function take(db: Db, which: SQL): Promise<OutgoingMail | undefined> {
  const [row] = await inTransaction(db, (tx) =>
    tx
      .update(mailOutbox)
      .set({ attempts: sql`${mailOutbox.attempts} + 1`, nextAttemptAt: sql`now() + ${ATTEMPT}` })
      .where(and(which, isDue()))
      .returning(),
  )
  if (!row) return undefined
  const { dedupeKey, recipient, subject, textBody, htmlBody, unsubscribeUrl } = row
  return {
    ...{ dedupeKey, to: recipient, subject, text: textBody ?? '', html: htmlBody ?? '' },
    unsubscribeUrl: unsubscribeUrl ?? undefined,
  }
}

/** What the server will never take is given up at once, everything else after three days: whoever runs it may mend it. */
async function giveBack(db: Db, dedupeKey: string, error: unknown): Promise<MailOutcome> {
  const lastError = said(error)
  if (classify(error).code === 'MAIL_REFUSED') {
    await settle(db, dedupeKey, { refusedAt: sql`now()`, lastError, ...WITHOUT_BODY })
    return 'refused'
  }
  const isOver = sql`${mailOutbox.createdAt} < now() - ${GIVE_UP_AFTER}`
  await settle(db, dedupeKey, {
    refusedAt: sql`case when ${isOver} then now() end`,
    textBody: sql`case when not ${isOver} then ${mailOutbox.textBody} end`,
    htmlBody: sql`case when not ${isOver} then ${mailOutbox.htmlBody} end`,
    ...{ lastError, nextAttemptAt: sql`now() + ${PAUSE}` },
  })
  return outcomeOf(db, eq(mailOutbox.dedupeKey, dedupeKey))
}

type Change = Parameters<ReturnType<Db['update']>['set']>[0]

async function settle(db: Db, dedupeKey: string, change: Change): Promise<void> {
  const mine = and(eq(mailOutbox.dedupeKey, dedupeKey), isNull(mailOutbox.sentAt), isNull(mailOutbox.refusedAt))
  await inTransaction(db, (tx) => tx.update(mailOutbox).set(change).where(mine))
}

async function outcomeOf(db: Db, which: SQL): Promise<MailOutcome> {
  const [row] = await db.select({ sentAt: mailOutbox.sentAt, refusedAt: mailOutbox.refusedAt }).from(mailOutbox).where(which)
  if (row?.sentAt) return 'sent'
  return row?.refusedAt ? 'refused' : 'deferred'
}

/** The server's own words where there are any. */
function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'response' in error && typeof error.response === 'string' ? error.response : error.message
}
