import { funnelPeople as people, funnelSteps as steps, onboardingRuns as runs } from '@gangway/db/schema'
import { type SQL, sql } from 'drizzle-orm'

/** Somebody who was seen within this time may still go on. */
const WAITING_MS = 24 * 60 * 60 * 1000

/** The milestone that a person has come to; null for those who have only started. */
export const furthest = sql`case
  when ${people.firstValueAt} is not null then 'first_value'
  when ${people.revealedAt} is not null then 'key_revealed'
  when ${people.provisionedAt} is not null then 'provisioned'
  when ${people.checkoutAt} is not null then 'checkout_started'
  when ${people.completedAt} is not null then 'completed'
end`

/** What the newest run of a payer has come to grief over; null where it has not. `customer`: they can put it right. */
const runTrouble = sql`(
  select case when r.state in ('failed', 'needs_sync', 'rolled_back')
    then case when r.failure ->> 'kind' = 'customer' then 'validation' else 'system' end end
  from ${runs} r where r.user_id = ${people.userId} order by r.created_at desc, r.id desc limit 1
)`

// A refusal holds until the step is done. A save that did not get through is over when a later one was sent and did.
const stepTrouble = sql`case
  when ${steps.failedAt} >= coalesce(${steps.attemptedAt}, ${steps.failedAt})
    and ${steps.failedAt} >= coalesce(${steps.invalidAt}, ${steps.failedAt}) then 'system'
  when ${steps.invalidAt} is not null then 'validation'
end`

/**
 * Everybody whom `wanted` lets through and who has not come to first value, once: `user_id, milestone, step, reason`. They
 * stop at the milestone; without one at the step, of those they saw and neither completed nor skipped, where they were seen
 * last; and without such a step between steps, where both are null.
 */
export function stoppedPeople(wanted: SQL | undefined, now: Date): SQL {
  const seenSince = new Date(now.getTime() - WAITING_MS).toISOString()
  return sql`
    select distinct on (${people.userId}) ${people.userId}, ${furthest} as milestone, ${steps.step}, case
      when ${people.lastAt} > ${seenSince}::timestamptz then 'waiting'
      when ${people.provisionedAt} is null and ${people.revealedAt} is null and ${people.checkoutAt} is not null
        then coalesce(${runTrouble}, 'left')
      else coalesce(${stepTrouble}, 'left')
    end as reason
    from ${people} left join ${steps} on ${steps.userId} = ${people.userId}
      and ${steps.completedAt} is null and ${steps.skippedAt} is null and ${furthest} is null
    where ${wanted} and ${people.firstValueAt} is null
    order by ${people.userId}, ${steps.lastAt} desc nulls last, ${steps.step} collate "C"`
}
