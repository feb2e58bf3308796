import { exportChunks, exports } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { ExportView } from '@gangway/schemas/exports'
import { and, eq, inArray } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { ExportsContext } from '../context.ts'
import { findExport } from './export-row.ts'

/** Stops an export that is not done, and throws away what it has. One that is over stays as it is. Throws NOT_FOUND. */
export async function cancelExport(
  ctx: Pick<ExportsContext, 'db' | 'clock'>,
  { exportId, actorId }: { exportId: string; actorId: string },
): Promise<ExportView> {
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const [cancelled] = await tx
      .update(exports)
      .set({ state: 'cancelled', finishedAt: at })
      .where(and(eq(exports.id, exportId), inArray(exports.state, ['queued', 'running'])))
      .returning({ rows: exports.rows })
    if (!cancelled) return
    await tx.delete(exportChunks).where(eq(exportChunks.exportId, exportId))
    const subject = { type: 'export', id: exportId }
    await recordAudit(tx, { actorId, at, action: 'export.cancelled', subject, detail: cancelled })
  })
  return findExport(ctx, exportId)
}
