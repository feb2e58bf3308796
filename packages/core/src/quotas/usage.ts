import type { Db } from '@gangway/db/client'
import { quotaReservations } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { PLANS, type PlanId } from '@gangway/schemas/plans'
import type { Quota } from '@gangway/schemas/quotas'
import { and, eq, gte, or, type SQL, sql } from 'drizzle-orm'
import { periodsAt } from './periods.ts'

interface QuotaOwner {
  orgId: string
  plan: PlanId
  at: Date
}

/** What an organization has of its plan, and what it has used: runs that failed, and holds that expired, do not count. */
export async function quotaOf(db: Db | Tx, { orgId, plan, at }: QuotaOwner): Promise<Quota> {
  const { day, month } = periodsAt(at)
  const { state, reservedAt, expiresAt } = quotaReservations
  const live = sql`(${state} = 'held' and ${expiresAt} > ${at.toISOString()}::timestamptz)`
  const counts = sql`(${state} = 'used' or ${live})`
  const since = (start: Date) => sql`${reservedAt} >= ${start.toISOString()}::timestamptz`
  const [used] = await db
    .select({
      day: counted(sql`${counts} and ${since(day.start)}`),
      month: counted(sql`${counts} and ${since(month.start)}`),
      atOnce: counted(live),
      soonest: sql<string | null>`min(${expiresAt}) filter (where ${live})`,
    })
    .from(quotaReservations)
    .where(and(eq(quotaReservations.orgId, orgId), or(gte(reservedAt, month.start), eq(state, 'held'))))
  const { runsPerDay, runsPerMonth, runsAtOnce } = PLANS[plan].limits
  const atOnce = used?.atOnce ?? 0
  const soonest = used?.soonest ? new Date(used.soonest) : null
  return {
    plan,
    day: { limit: runsPerDay, used: used?.day ?? 0, resetsAt: day.end },
    month: { limit: runsPerMonth, used: used?.month ?? 0, resetsAt: month.end },
    atOnce: { limit: runsAtOnce, used: atOnce, resetsAt: atOnce >= runsAtOnce ? soonest : null },
  }
}

function counted(condition: SQL): SQL<number> {
  return sql<number>`(count(*) filter (where ${condition}))::int`
}
