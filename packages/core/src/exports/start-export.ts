import { exports } from '@gangway/db/schema'
import type { ExportView, StartExport } from '@gangway/schemas/exports'
import { and, count, eq, inArray } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { ExportsContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { beginExport } from './begin-export.ts'
import { findExport } from './export-row.ts'

/** Files stand in the database: one person cannot fill it. */
const MOST_AT_ONCE = 5

/**
 * Has a file made of the answers that a filter lets through, as they are now. Throws like `beginExport`, and EXPORTS_FULL
 * for somebody's sixth that is not done.
 */
export async function startExport(
  ctx: ExportsContext,
  { actorId, request }: { actorId: string; request: StartExport },
): Promise<ExportView> {
  const { filter, format, gzip } = request
  const [id, createdAt] = [ctx.ids.uuid(), ctx.clock.now()]
  await beginExport(ctx, filter, async (tx, { expected }) => {
    const [unfinished] = await tx
      .select({ value: count() })
      .from(exports)
      .where(and(eq(exports.actorId, actorId), inArray(exports.state, ['queued', 'running'])))
    if ((unfinished?.value ?? 0) >= MOST_AT_ONCE) throw new GangwayError('EXPORTS_FULL')
    const counts = { expected: expected.value, expectedExact: expected.exact }
    await tx.insert(exports).values({ id, actorId, createdAt, before: createdAt, filter, format, gzip, ...counts })
    const subject = { type: 'export', id }
    await recordAudit(tx, { actorId, at: createdAt, action: 'answers.exported', subject, detail: { ...request } })
    await ctx.jobs.enqueue(tx, 'exports.run', { exportId: id })
  })
  return findExport(ctx, id)
}
