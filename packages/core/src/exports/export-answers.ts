import type { StartExport } from '@gangway/schemas/exports'
import type { RowCount } from '@gangway/schemas/paging'
import { recordAudit } from '../audit/index.ts'
import type { BrowseContext } from '../context.ts'
import { beginExport } from './begin-export.ts'
import { pack } from './pack.ts'
import type { Position } from '../paging/index.ts'
import { type Place, readChunks } from './read-chunks.ts'

export interface Piece {
  bytes: Buffer
  rows: number
  /** Where one that is cut off after this piece goes on; undefined after the last. */
  place: { chunks: number; position: Position } | undefined
}

export interface Exporting {
  expected: RowCount
  pieces: AsyncGenerator<Piece, void>
}

interface ExportAnswers {
  /** Null for whoever sits at the terminal. */
  actorId: string | null
  request: StartExport
  /** Nothing that was completed at this time or later: the same for every part of one file. */
  before: Date
  /** Where an earlier one was cut off. */
  from?: Place | undefined
}

/**
 * The answers that a filter lets through as the pieces of a file, which always become the same file, wherever they were
 * cut. Who exports what is in the audit log. Throws like `beginExport`.
 */
export async function exportAnswers(
  ctx: BrowseContext,
  { actorId, request, before, from = { chunks: 0, position: undefined } }: ExportAnswers,
): Promise<Exporting> {
  const { filter, format, gzip } = request
  const at = ctx.clock.now()
  const { expected, reading } = await beginExport(ctx, filter, async (tx, begun) => {
    const detail = { ...request, ...(from.chunks > 0 && { resumed: true }) }
    const subject = { type: 'export', id: 'file' }
    await recordAudit(tx, { actorId, at, action: 'answers.exported', subject, detail })
    return begun
  })
  async function* pieces(): AsyncGenerator<Piece, void> {
    let { chunks } = from
    for await (const { text, rows, position } of readChunks(ctx.db, { filter, format, before, reading }, from)) {
      chunks += 1
      const plain = Buffer.from(text)
      yield { bytes: gzip ? await pack(plain) : plain, rows, place: position && { chunks, position } }
    }
  }
  return { expected, pieces: pieces() }
}
