import { mailPreferences, onboardingNudges as nudges, onboardingSessions as sessions, users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { WEB_LINKS } from '@gangway/schemas/links'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { and, asc, eq, gt, gte, isNull, lte, notExists, or } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import { questionsOf } from '../questionnaire/manifest.ts'
import { finishLaterMail, lastFinishLaterMail } from './templates/finish-later.ts'
import { unsubscribeLink } from './unsubscribe-link.ts'

const HOUR_MS = 60 * 60 * 1000
const FIRST_AFTER = 24
const LAST_AFTER = 72
/** Who left longer ago than that has not waited for a mail; without it, a worker that was off would write to everybody. */
const NOT_AFTER = 7 * 24
const AT_ONCE = 100

/**
 * Writes to people who left the questions open: after a day, and once more after three. Never both at once, never after
 * the last, never to who switched it off. Of several processes, the unique key decides which writes. Answers how many.
 */
export async function sendNudges(ctx: RemindersContext): Promise<number> {
  const due = await findDue(ctx)
  if (due.length === 0) return 0
  const asked = new Map(await Promise.all(due.map(async (nudge) => [nudge.sessionId, await stepsAsked(ctx, nudge)] as const)))
  return inTransaction(ctx.db, async (tx) => {
    const claims = due.map(({ sessionId, afterHours }) => ({ sessionId, afterHours, at: ctx.clock.now() }))
    const claimed = await tx.insert(nudges).values(claims).onConflictDoNothing().returning({ sessionId: nudges.sessionId })
    const mine = new Set(claimed.map(({ sessionId }) => sessionId))
    const mails = due
      .filter(({ sessionId }) => mine.has(sessionId))
      .map((nudge) => write(ctx, nudge, asked.get(nudge.sessionId) ?? 0))
    if (mails.length > 0)
      await ctx.jobs.enqueueAll(
        tx,
        mails.map((payload) => ({ name: 'notifications.send-mail', payload })),
      )
    return mails.length
  })
}

type DueNudge = Awaited<ReturnType<typeof findDue>>[number]

async function findDue(ctx: RemindersContext) {
  const now = ctx.clock.now().getTime()
  const hoursAgo = (hours: number) => new Date(now - hours * HOUR_MS)
  // The last one ends it; the first one is over as well when its time has passed unused.
  const sent = ctx.db
    .select({ sessionId: nudges.sessionId })
    .from(nudges)
    .where(
      and(
        eq(nudges.sessionId, sessions.id),
        or(
          eq(nudges.afterHours, LAST_AFTER),
          and(eq(nudges.afterHours, FIRST_AFTER), gt(sessions.updatedAt, hoursAgo(LAST_AFTER))),
        ),
      ),
    )
  const rows = await ctx.db
    .select({
      ...{ sessionId: sessions.id, userId: users.id, name: users.name, email: users.email, updatedAt: sessions.updatedAt },
      ...{ step: sessions.currentStep, completed: sessions.completedSteps, skipped: sessions.skippedSteps },
      ...{ manifestVersion: sessions.manifestVersion, variant: sessions.variant, answers: sessions.answers },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(mailPreferences, eq(mailPreferences.userId, users.id))
    .where(
      and(
        ...[eq(sessions.status, 'open'), eq(users.role, 'customer'), isNull(mailPreferences.nudgesOffAt)],
        ...[lte(sessions.updatedAt, hoursAgo(FIRST_AFTER)), gte(sessions.updatedAt, hoursAgo(NOT_AFTER)), notExists(sent)],
      ),
    )
    .orderBy(asc(sessions.updatedAt))
    .limit(AT_ONCE)
  return rows.map((row) => ({ ...row, afterHours: row.updatedAt <= hoursAgo(LAST_AFTER) ? LAST_AFTER : FIRST_AFTER }))
}

/** How many steps this session has, as far as can be told from its answers. */
async function stepsAsked(ctx: RemindersContext, nudge: DueNudge): Promise<number> {
  const { steps } = await questionsOf(ctx, ctx.db, nudge)
  return applicable(steps, { answers: nudge.answers, skippedSteps: nudge.skipped }).steps.length
}

function write(ctx: RemindersContext, nudge: DueNudge, steps: number) {
  const { sessionId, userId, name, email, step, completed, skipped, afterHours } = nudge
  const mail = afterHours === LAST_AFTER ? lastFinishLaterMail : finishLaterMail
  const content = mail({
    ...{ name, done: new Set([...completed, ...skipped]).size, steps },
    ...{ url: ctx.settings.webUrl + WEB_LINKS.step(step), unsubscribeUrl: unsubscribeLink(ctx.settings, userId) },
  })
  return { dedupeKey: `nudge:${sessionId}:${afterHours}`, to: email, ...content }
}
