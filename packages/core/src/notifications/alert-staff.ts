import { alertMails } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { ADMIN_LINKS } from '@gangway/schemas/links'
import type { Alert } from '@gangway/schemas/runs'
import { and, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import { readAlerts } from '../provisioning/alerts.ts'
import { tellStaff } from './tell-staff.ts'
import { alertMail } from './templates/alert.ts'

/** An alert that comes and goes is told of once in this time. */
const QUIET_MS = 60 * 60 * 1000

/** Mails admins when an alert begins, and not again until it has ended and begun anew. Answers how many have begun. */
export async function alertStaff(ctx: RemindersContext): Promise<number> {
  const alerts = await readAlerts(ctx)
  const over = alerts.filter(({ raised }) => !raised).map(({ kind }) => kind)
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(alertMails)
      .set({ endedAt: ctx.clock.now() })
      .where(and(inArray(alertMails.kind, over), isNull(alertMails.endedAt))),
  )
  const begun = await Promise.all(alerts.filter(({ raised }) => raised).map((alert) => begin(ctx, alert)))
  return begun.filter(Boolean).length
}

/** Of several processes that see it begin, the row decides which one tells. */
function begin(ctx: RemindersContext, alert: Alert): Promise<boolean> {
  const { kind } = alert
  const now = ctx.clock.now()
  const begun = { begunAt: now, endedAt: null, mailedAt: now }
  return inTransaction(ctx.db, async (tx) => {
    const told = await tx
      .insert(alertMails)
      .values({ kind, ...begun })
      .onConflictDoUpdate({
        target: alertMails.kind,
        set: begun,
        setWhere: and(isNotNull(alertMails.endedAt), lte(alertMails.mailedAt, new Date(now.getTime() - QUIET_MS))),
      })
      .returning({ kind: alertMails.kind })
    if (told.length === 0) return false
    const mail = alertMail({ alert, url: ctx.settings.adminUrl + ADMIN_LINKS.alerts() })
    await tellStaff(ctx, tx, { about: `alert:${kind}:${now.toISOString()}`, mail })
    return true
  })
}
