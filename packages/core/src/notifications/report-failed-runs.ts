import { alertMails, onboardingRuns as runs } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { ADMIN_LINKS } from '@gangway/schemas/links'
import { and, desc, eq, gt, isNull, like, lte, ne, notExists, or, sql } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import { tellStaff } from './tell-staff.ts'
import { failedRunsMail } from './templates/failed-runs.ts'

const MINUTE_MS = 60 * 1000
const QUIET_MS = 15 * MINUTE_MS
/** What failed longer ago is told of no more, and nor is it remembered that it was. */
const LOOK_BACK_MS = 24 * 60 * MINUTE_MS
const SHOWN = 8
const AT_ONCE = 500
/** The row that keeps mails apart; each run that was told of has one of its own beside it. */
const KIND = 'failed_runs'

/**
 * Mails admins the runs that have failed since the last such mail and go on by nobody else: for causes that are not
 * transient and not the customer's, or given up after a day. Each failure is told once. Answers how many.
 */
export async function reportFailedRuns(ctx: RemindersContext): Promise<number> {
  const now = ctx.clock.now()
  const failed = await findFailed(ctx, new Date(now.getTime() - LOOK_BACK_MS))
  if (failed.length === 0) return 0
  return inTransaction(ctx.db, async (tx) => {
    const claimed = await tx
      .insert(alertMails)
      .values({ kind: KIND, begunAt: now, mailedAt: now })
      .onConflictDoUpdate({
        target: alertMails.kind,
        set: { begunAt: now, mailedAt: now },
        setWhere: lte(alertMails.mailedAt, new Date(now.getTime() - QUIET_MS)),
      })
      .returning({ kind: alertMails.kind })
    if (claimed.length === 0) return 0
    await tx
      .delete(alertMails)
      .where(and(like(alertMails.kind, 'run:%'), lte(alertMails.mailedAt, new Date(now.getTime() - 2 * LOOK_BACK_MS))))
    await tx
      .insert(alertMails)
      .values(failed.map(({ kind }) => ({ kind, begunAt: now, mailedAt: now })))
      .onConflictDoNothing()
    const [first] = failed
    const path = failed.length === 1 && first ? ADMIN_LINKS.run(first.id) : ADMIN_LINKS.runs()
    const shown = failed.slice(0, SHOWN).map(({ slug, failure }) => ({ slug, message: failure?.message ?? '' }))
    const mail = failedRunsMail({ runs: shown, count: failed.length, url: ctx.settings.adminUrl + path })
    await tellStaff(ctx, tx, { about: `${KIND}:${now.toISOString()}`, mail })
    return failed.length
  })
}

function findFailed(ctx: RemindersContext, since: Date) {
  const kind = sql<string>`'run:' || ${runs.id} || ':' || ${runs.lastSeq}`
  const told = ctx.db
    .select({ one: sql`1` })
    .from(alertMails)
    .where(eq(alertMails.kind, kind))
  const cause = sql<string>`${runs.failure} ->> 'kind'`
  return ctx.db
    .select({ id: runs.id, slug: runs.slug, failure: runs.failure, kind })
    .from(runs)
    .where(
      and(
        ...[eq(runs.state, 'failed'), gt(runs.updatedAt, since), ne(cause, 'customer'), notExists(told)],
        or(eq(cause, 'permanent'), isNull(runs.nextAttemptAt)),
      ),
    )
    .orderBy(desc(runs.updatedAt))
    .limit(AT_ONCE)
}
