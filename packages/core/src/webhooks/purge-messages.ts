import { webhookMessages } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { lt, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

const KEPT = sql`interval '30 days'`

/** Messages are kept for 30 days, with their deliveries and the log. */
export async function purgeWebhookMessages(ctx: BaseContext): Promise<void> {
  await inTransaction(ctx.db, (tx) => tx.delete(webhookMessages).where(lt(webhookMessages.createdAt, sql`now() - ${KEPT}`)))
}
