import { funnelPeople as people, funnelSteps as steps, onboardingRuns as runs, users } from '@gangway/db/schema'
import {
  type FunnelFilter,
  type FunnelGroup,
  type FunnelPeoplePage,
  type Milestone,
  milestoneSchema,
  STOPS,
} from '@gangway/schemas/funnel'
import { and, eq, gt, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BrowseContext } from '../context.ts'
import {
  countUpTo,
  EXACT_COUNT,
  microsOf,
  newestFirst,
  newestOrder,
  olderThan,
  signCursor,
  verifyCursor,
  withinTime,
} from '../paging/index.ts'
import { assertFunnelFilter, matching, PATIENCE_MS } from './filter.ts'
import { furthest, stoppedPeople } from './stops.ts'

const KEYS = { time: people.startedAt, id: people.userId }

interface ListPeople {
  /** The admin who reads. */
  actorId: string
  filter: FunnelFilter
  group: FunnelGroup
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/**
 * The people behind a number of the funnel, from who started last. Every call is in the audit log.
 *
 * Throws INPUT_INVALID for a window that ends before it begins, and for a cursor that is not of this filter and group;
 * FILTER_TOO_BROAD where they are not found within 20 s.
 */
export async function listFunnelPeople(ctx: BrowseContext, input: ListPeople): Promise<FunnelPeoplePage> {
  const { actorId, filter, group, cursor, limit } = input
  assertFunnelFilter(filter)
  const asked = { ...filter, group }
  const { cursorKeys } = ctx.settings
  const after = cursor ? newestFirst.decode(verifyCursor(cursor, cursorKeys), asked) : undefined
  const at = ctx.clock.now()
  return withinTime(ctx.db, PATIENCE_MS, async (tx) => {
    const wanted = and(matching(filter), ofGroup(group, matching(filter), at))
    const chosen = tx
      .select({ one: sql`1` })
      .from(people)
      .where(wanted)
    const subject = { type: 'funnel', id: `${nameOf(group)} ${group.what}` }
    const [, rows, count] = await Promise.all([
      recordAudit(tx, { actorId, at, action: 'funnel.people_read', subject, detail: { filter } }),
      tx
        .select({ person: people, name: users.name, email: users.email, ...extras })
        .from(people)
        .innerJoin(users, eq(users.id, people.userId))
        .where(and(wanted, after && olderThan(KEYS, after)))
        .orderBy(...newestOrder(KEYS))
        .limit(limit + 1),
      countUpTo(tx, chosen.limit(EXACT_COUNT + 1)),
    ])
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      rows: page.map(({ person: { userId, startedAt, lastAt, variant, role, plan }, name, email, milestone, runId }) => ({
        ...{ userId, name, email, variant, role, plan, runId },
        ...{ startedAt: startedAt ?? at, lastAt: lastAt ?? at },
        milestone: milestoneSchema.parse(milestone ?? 'started'),
      })),
      nextCursor: last
        ? signCursor(newestFirst.encode({ micros: last.micros, id: last.person.userId }, asked), cursorKeys)
        : null,
      count,
    }
  })
}

const extras = {
  micros: microsOf(people.startedAt),
  milestone: sql<string | null>`${furthest}`,
  runId: sql<string | null>`(
    select r.id from ${runs} r where r.user_id = ${people.userId} order by r.created_at desc, r.id desc limit 1
  )`,
}

function nameOf(group: FunnelGroup): string {
  return group.at === 'step' ? group.step : group.milestone
}

const REACHED: Record<Milestone, SQL | undefined> = {
  started: undefined,
  completed: isNotNull(people.completedAt),
  checkout_started: isNotNull(people.checkoutAt),
  provisioned: isNotNull(people.provisionedAt),
  key_revealed: isNotNull(people.revealedAt),
  first_value: isNotNull(people.firstValueAt),
}

function ofGroup(group: FunnelGroup, wanted: SQL | undefined, now: Date): SQL | undefined {
  const reason = STOPS.find((stop) => stop === group.what)
  if (reason) {
    const stopped = stoppedPeople(wanted, now)
    const here =
      group.at === 'step' ? sql`step = ${group.step}` : sql`step is null and coalesce(milestone, 'started') = ${group.milestone}`
    return sql`${people.userId} in (select user_id from (${stopped}) stopped where ${here} and reason = ${reason})`
  }
  return group.at === 'milestone' ? REACHED[group.milestone] : onStep(group)
}

const DID: Partial<Record<FunnelGroup['what'], SQL | undefined>> = {
  completed: isNotNull(steps.completedAt),
  skipped: and(isNull(steps.completedAt), isNotNull(steps.skippedAt)),
  retries: gt(steps.retries, 0),
  conflicts: gt(steps.conflicts, 0),
  offlineSaves: gt(steps.offlineSaves, 0),
}

function onStep({ step, what }: Extract<FunnelGroup, { at: 'step' }>): SQL {
  return sql`exists (select from ${steps} where ${and(eq(steps.userId, people.userId), eq(steps.step, step), DID[what])})`
}
