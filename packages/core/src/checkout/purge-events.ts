import { webhookEvents } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { lt, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { DUPLICATE_WINDOW } from './receive-event.ts'

/** What a provider has told is needed to know it again, and no longer: it names people. Answers how many are gone. */
export async function purgeBillingEvents(ctx: BaseContext): Promise<number> {
  const old = lt(webhookEvents.receivedAt, sql`now() - ${DUPLICATE_WINDOW}`)
  return inTransaction(ctx.db, async (tx) => (await tx.delete(webhookEvents).where(old)).count)
}
