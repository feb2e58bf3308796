import { exports } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { ExportsContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { fileNameOf } from './export-row.ts'
import { readFile } from './read-file.ts'

export interface ExportFile {
  fileName: string
  contentType: string
  bytes: number
  /** Hexadecimal. */
  sha256: string
  /** From the first byte that is wanted to the one after the last. */
  read(range?: { from: number; to: number }): AsyncIterable<Buffer>
}

const CONTENT_TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' } as const

/** The file of an export that is whole. Who takes it is in the audit log. Throws NOT_FOUND, and EXPORT_NOT_READY for one that has none. */
export async function downloadExport(
  ctx: Pick<ExportsContext, 'db' | 'clock'>,
  { exportId, actorId }: { exportId: string; actorId: string },
): Promise<ExportFile> {
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.select().from(exports).where(eq(exports.id, exportId))
    if (!row) throw new GangwayError('NOT_FOUND')
    if (row.state !== 'succeeded' || row.sha256 === null) throw new GangwayError('EXPORT_NOT_READY')
    const subject = { type: 'export', id: exportId }
    await recordAudit(tx, { actorId, at, action: 'export.downloaded', subject, detail: { rows: row.rows } })
    return {
      fileName: fileNameOf(row),
      contentType: row.gzip ? 'application/gzip' : CONTENT_TYPES[row.format],
      bytes: row.gzip ? row.gzipBytes : row.plainBytes,
      sha256: row.sha256,
      read: (range) => readFile(ctx.db, { exportId, ...range }),
    }
  })
}
