import { apiKeys, keyReveals, mailOutbox, onboardingRuns as runs, users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { WEB_LINKS } from '@gangway/schemas/links'
import { and, eq, gt, isNotNull, isNull, lte, notExists, sql } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import { keyReadyMail } from './templates/key-ready.ts'

/** A key can be shown for two hours. Who saves it in the first minute needs no mail about it. */
const LEFT_AFTER_A_MINUTE_MS = 119 * 60 * 1000
/** With less than that left, a mail comes too late. */
const LEFT_AT_LEAST_MS = 10 * 60 * 1000
const AT_ONCE = 100

/** Tells people that the key of their setup waits to be saved, once for each key. Answers how many. */
export async function announceKeys(ctx: RemindersContext): Promise<number> {
  const now = ctx.clock.now().getTime()
  const dedupeKey = sql<string>`'key-ready:' || ${apiKeys.id}`
  const told = ctx.db
    .select({ one: sql`1` })
    .from(mailOutbox)
    .where(eq(mailOutbox.dedupeKey, dedupeKey))
  const due = await ctx.db
    .select({
      ...{ dedupeKey, prefix: apiKeys.prefix, expiresAt: keyReveals.expiresAt, name: users.name, email: users.email },
      ...{ company: runs.companyName, checkoutSessionId: runs.checkoutSessionId },
    })
    .from(keyReveals)
    .innerJoin(apiKeys, eq(apiKeys.id, keyReveals.apiKeyId))
    .innerJoin(runs, eq(runs.id, apiKeys.runId))
    .innerJoin(users, eq(users.id, keyReveals.userId))
    .where(
      and(
        ...[isNotNull(keyReveals.sealed), isNull(keyReveals.savedAt), isNull(apiKeys.revokedAt), eq(runs.origin, 'checkout')],
        gt(keyReveals.expiresAt, new Date(now + LEFT_AT_LEAST_MS)),
        lte(keyReveals.expiresAt, new Date(now + LEFT_AFTER_A_MINUTE_MS)),
        notExists(told),
      ),
    )
    .limit(AT_ONCE)
  const mails = due.flatMap(({ dedupeKey: key, email, checkoutSessionId, expiresAt, ...rest }) => {
    if (!expiresAt) return []
    const url = ctx.settings.webUrl + WEB_LINKS.success(checkoutSessionId)
    return [{ dedupeKey: key, to: email, ...keyReadyMail({ ...rest, expiresAt, url }) }]
  })
  const jobs = mails.map((payload) => ({ name: 'notifications.send-mail' as const, payload }))
  if (jobs.length > 0) await inTransaction(ctx.db, (tx) => ctx.jobs.enqueueAll(tx, jobs))
  return jobs.length
}
