import { createHash } from 'node:crypto'
import { exportChunks, exports } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, inArray } from 'drizzle-orm'
import { beginExport } from './begin-export.ts'
import type { ExportsContext } from '../context.ts'
import { classify, GangwayError } from '../errors/index.ts'
import { type ExportRow, filterOf } from './export-row.ts'
import { pack } from './pack.ts'
import { type Chunk, readChunks } from './read-chunks.ts'
import { readFile } from './read-file.ts'

// queued ──► running ──► succeeded ──► expired
//   │          ├───────► failed ─────► expired
//   └──────────┴───────► cancelled ──► expired
// A running one writes a chunk at a time, each together with its place: whoever takes it up goes on from there.

const KEPT_DAYS = 7
const DAY_MS = 86_400_000

/**
 * Writes the file of an export, or the rest of it. Does nothing for one that is over. Of two at the same time, one throws
 * LOCK_LOST, to look again later whether the other has come to its end. What a repeat could mend is thrown as well.
 */
export async function runExport(ctx: ExportsContext, { exportId }: { exportId: string }): Promise<void> {
  const row = await take(ctx, exportId)
  if (!row) return
  try {
    await write(ctx, row)
  } catch (error) {
    const { code, retry } = classify(error)
    if (retry === 'transient') throw error
    const errorId = ctx.ids.errorId()
    ctx.log.error({ err: error, errorId, exportId }, 'an export failed')
    await finish(ctx, exportId, { state: 'failed', failure: { code, errorId } })
  }
}

async function take({ db }: ExportsContext, exportId: string): Promise<ExportRow | undefined> {
  const [row] = await inTransaction(db, (tx) =>
    tx
      .update(exports)
      .set({ state: 'running' })
      .where(and(eq(exports.id, exportId), inArray(exports.state, ['queued', 'running'])))
      .returning(),
  )
  return row
}

async function write(ctx: ExportsContext, row: ExportRow): Promise<void> {
  const { id, format, before, position } = row
  const filter = filterOf(row)
  const reading = await beginExport(ctx, filter, async (_tx, begun) => begun.reading)
  // After the last chunk there is no place to go on from.
  if (row.chunks === 0 || position) {
    const place = { chunks: row.chunks, position: position ?? undefined }
    let seq = row.chunks
    for await (const chunk of readChunks(ctx.db, { filter, format, before, reading }, place)) {
      if (!(await keep(ctx, { id, seq, chunk }))) return
      seq += 1
    }
  }
  await finish(ctx, id, { state: 'succeeded', sha256: await hashOf(ctx, id) })
}

/** False when the export has been cancelled. Throws LOCK_LOST where another has written this chunk. */
async function keep(ctx: ExportsContext, { id, seq, chunk }: { id: string; seq: number; chunk: Chunk }): Promise<boolean> {
  const plain = Buffer.from(chunk.text)
  const data = await pack(plain)
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx.select().from(exports).where(eq(exports.id, id))
    if (row?.state !== 'running') return false
    if (row.chunks !== seq) throw new GangwayError('LOCK_LOST')
    const { plainBytes, gzipBytes } = row
    const lengths = { plainBytes: plain.length, gzipBytes: data.length }
    const inserted = await tx
      .insert(exportChunks)
      .values({ exportId: id, seq, plainFrom: plainBytes, gzipFrom: gzipBytes, ...lengths, data })
      .onConflictDoNothing()
      .returning({ seq: exportChunks.seq })
    if (inserted.length === 0) throw new GangwayError('LOCK_LOST')
    // Locked no sooner than here: who cancels does not wait for a chunk, and is not overtaken by the one after it.
    const kept = await tx
      .update(exports)
      .set({
        rows: row.rows + chunk.rows,
        chunks: seq + 1,
        plainBytes: plainBytes + plain.length,
        gzipBytes: gzipBytes + data.length,
        position: chunk.position ?? null,
      })
      .where(and(eq(exports.id, id), eq(exports.state, 'running')))
      .returning({ id: exports.id })
    if (kept.length > 0) return true
    await tx.delete(exportChunks).where(and(eq(exportChunks.exportId, id), eq(exportChunks.seq, seq)))
    return false
  })
}

async function hashOf(ctx: ExportsContext, exportId: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of readFile(ctx.db, { exportId })) hash.update(piece)
  return hash.digest('hex')
}

type Ending = Pick<typeof exports.$inferInsert, 'sha256' | 'failure'> & { state: 'succeeded' | 'failed' }

async function finish(ctx: ExportsContext, id: string, ending: Ending): Promise<void> {
  const finishedAt = ctx.clock.now()
  const expiresAt = new Date(finishedAt.getTime() + KEPT_DAYS * DAY_MS)
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(exports)
      .set({ ...ending, finishedAt, expiresAt })
      .where(and(eq(exports.id, id), eq(exports.state, 'running'))),
  )
}
