import { promisify } from 'node:util'
import { gunzip as gunzipWithCallback } from 'node:zlib'
import type { Db } from '@gangway/db/client'
import { exportChunks as chunks, exports } from '@gangway/db/schema'
import { and, type AnyColumn, desc, eq, lte } from 'drizzle-orm'

const gunzip = promisify(gunzipWithCallback)

interface Piece {
  exportId: string
  /** The first byte that is wanted, and the one after the last; all of the file unless told. */
  from?: number
  to?: number
}

/** The bytes of an export's file, a chunk at a time. */
export async function* readFile(db: Db, { exportId, from = 0, to = Infinity }: Piece): AsyncGenerator<Buffer, void> {
  const [file] = await db.select({ gzip: exports.gzip }).from(exports).where(eq(exports.id, exportId))
  const start = file?.gzip ? chunks.gzipFrom : chunks.plainFrom
  for (let seq = await firstOf(db, { exportId, start, from }); ; seq++) {
    const [chunk] = await db
      .select({ start, data: chunks.data })
      .from(chunks)
      .where(and(eq(chunks.exportId, exportId), eq(chunks.seq, seq)))
    if (!chunk || chunk.start >= to) return
    const bytes = file?.gzip ? chunk.data : await gunzip(chunk.data)
    yield bytes.subarray(Math.max(0, from - chunk.start), to - chunk.start)
  }
}

/** The chunk that a byte stands in. */
async function firstOf(db: Db, { exportId, start, from }: { exportId: string; start: AnyColumn; from: number }): Promise<number> {
  const [first] = await db
    .select({ seq: chunks.seq })
    .from(chunks)
    .where(and(eq(chunks.exportId, exportId), lte(start, from)))
    .orderBy(desc(chunks.seq))
    .limit(1)
  return first?.seq ?? 0
}
