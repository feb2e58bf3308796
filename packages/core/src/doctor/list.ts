import { organizationHealth as health, organizations, subscriptions } from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import type { ExaminedOrganization, OrganizationsFilter, OrganizationsPage } from '@gangway/schemas/doctor'
import { and, eq, ilike, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { containing, countUpTo, EXACT_COUNT, microsOf, newestFirst, newestOrder, olderThan } from '../paging/index.ts'

const KEYS = { time: organizations.createdAt, id: organizations.id }

export interface ListExamined {
  filter: OrganizationsFilter
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/** A page of onboarded organizations with what the doctor found last, newest first. Throws INPUT_INVALID for a cursor that is not of this filter. */
export async function listExamined(ctx: BaseContext, { filter, cursor, limit }: ListExamined): Promise<OrganizationsPage> {
  const after = cursor ? newestFirst.decode(cursor, filter) : undefined
  return inSnapshot(ctx.db, async (tx) => {
    const wanted = matching(filter)
    const rows = await selectExamined(tx)
      .where(and(wanted, after && olderThan(KEYS, after)))
      .orderBy(...newestOrder(KEYS))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map(({ micros: _position, ...row }): ExaminedOrganization => row),
      nextCursor: last && rows.length > limit ? newestFirst.encode({ micros: last.micros, id: last.orgId }, filter) : null,
      count: await countUpTo(tx, capped(tx, wanted)),
    }
  })
}

/** One organization as the list shows it. Throws NOT_FOUND. */
export async function examinedOrganization(ctx: BaseContext, { orgId }: { orgId: string }): Promise<ExaminedOrganization> {
  const [row] = await inSnapshot(ctx.db, (tx) => selectExamined(tx).where(and(ONBOARDED, eq(organizations.id, orgId))))
  if (!row) throw new GangwayError('NOT_FOUND')
  const { micros: _position, ...organization } = row
  return organization
}

const ONBOARDED = eq(organizations.status, 'onboarded')

function matching({ healths = [], text }: OrganizationsFilter): SQL | undefined {
  const examined = healths.filter((each) => each !== 'unexamined')
  const pattern = text ? containing(text) : undefined
  return and(
    ONBOARDED,
    healths.length > 0
      ? or(inArray(health.status, examined), healths.includes('unexamined') ? isNull(health.orgId) : undefined)
      : undefined,
    pattern ? or(ilike(organizations.slug, pattern), ilike(organizations.name, pattern)) : undefined,
  )
}

function selectExamined(tx: Tx) {
  return tx
    .select({
      orgId: organizations.id,
      slug: organizations.slug,
      name: organizations.name,
      plan: subscriptions.plan,
      workspace: organizations.workspace,
      health: sql<ExaminedOrganization['health']>`coalesce(${health.status}, 'unexamined')`,
      findings: sql<ExaminedOrganization['findings']>`coalesce(${health.findings}, '[]')`,
      errorId: health.errorId,
      examinedAt: health.examinedAt,
      createdAt: organizations.createdAt,
      micros: microsOf(organizations.createdAt),
    })
    .from(organizations)
    .leftJoin(subscriptions, eq(subscriptions.orgId, organizations.id))
    .leftJoin(health, eq(health.orgId, organizations.id))
    .$dynamic()
}

function capped(tx: Tx, wanted: SQL | undefined) {
  return tx
    .select({ one: sql`1` })
    .from(organizations)
    .leftJoin(health, eq(health.orgId, organizations.id))
    .where(wanted)
    .limit(EXACT_COUNT + 1)
}
