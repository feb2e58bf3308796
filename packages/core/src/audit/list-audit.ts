import { auditLog, users } from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import type { AuditEntry, AuditFilter, AuditPage } from '@gangway/schemas/audit'
import { and, desc, eq, gte, ilike, lt, or, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { BaseContext } from '../context.ts'
import { assertWindow, containing, countUpTo, EXACT_COUNT, keysetCursor } from '../paging/index.ts'

// Ids of the audit log count up as it is written.
const newest = keysetCursor(z.object({ id: z.number().int() }))

export interface ListAudit {
  filter: AuditFilter
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/** A page of the audit log, newest first. Throws INPUT_INVALID for a window that ends before it begins and for a foreign cursor. */
export async function listAudit(ctx: BaseContext, { filter, cursor, limit }: ListAudit): Promise<AuditPage> {
  assertWindow({ from: filter.from, before: filter.before, field: 'filter.before' })
  const after = cursor ? newest.decode(cursor, filter) : undefined
  return inSnapshot(ctx.db, async (tx) => {
    const wanted = matching(filter)
    const rows = await select(tx)
      .where(and(wanted, after && lt(auditLog.id, after.id)))
      .orderBy(desc(auditLog.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      rows: page.map(entryView),
      nextCursor: last && rows.length > limit ? newest.encode(last, filter) : null,
      count: await countUpTo(tx, capped(tx, wanted)),
    }
  })
}

function matching({ text, from, before }: AuditFilter): SQL | undefined {
  const pattern = text ? containing(text) : null
  return and(
    pattern === null
      ? undefined
      : or(ilike(auditLog.action, pattern), ilike(auditLog.subjectId, pattern), ilike(users.email, pattern)),
    from && gte(auditLog.at, from),
    before && lt(auditLog.at, before),
  )
}

function select(tx: Tx) {
  const { id, at, actorId, action, subjectType, subjectId, detail } = auditLog
  return tx
    .select({ id, at, actorId, email: users.email, action, subjectType, subjectId, detail })
    .from(auditLog)
    .leftJoin(users, eq(users.id, actorId))
    .$dynamic()
}

function capped(tx: Tx, wanted: SQL | undefined) {
  return tx
    .select({ one: sql`1` })
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.actorId))
    .where(wanted)
    .limit(EXACT_COUNT + 1)
}

function entryView({ actorId, email, subjectType, subjectId, ...entry }: Awaited<ReturnType<typeof select>>[number]): AuditEntry {
  return { ...entry, actor: actorId === null ? null : { id: actorId, email }, subject: { type: subjectType, id: subjectId } }
}
