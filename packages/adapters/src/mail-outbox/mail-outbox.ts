import type { Mailer } from '@gangway/core/ports'
import type { Db } from '@gangway/db/client'
import { mailOutbox } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'

/** Keeps mail in a table that the admin app shows. A mail with a key that is already there is the same mail. */
export function createMailOutbox({ db }: { db: Db }): Mailer {
  return {
    async send({ dedupeKey, to, subject, text, html }) {
      const mail = { dedupeKey, recipient: to, subject, textBody: text, htmlBody: html }
      await inTransaction(db, (tx) => tx.insert(mailOutbox).values(mail).onConflictDoNothing({ target: mailOutbox.dedupeKey }))
    },
  }
}
