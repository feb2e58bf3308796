import { exports, users } from '@gangway/db/schema'
import { answersFilterSchema } from '@gangway/schemas/answers'
import type { ExportView } from '@gangway/schemas/exports'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { ExportsContext } from '../context.ts'
import { describeCode, type ErrorCode, ERRORS, GangwayError } from '../errors/index.ts'
import { microsOf } from '../paging/index.ts'

export type ExportRow = typeof exports.$inferSelect

/** The filter as it was asked for: JSON made texts of its times. */
const storedFilter = answersFilterSchema.extend({
  completedFrom: z.coerce.date().optional(),
  completedBefore: z.coerce.date().optional(),
})

export function filterOf({ filter }: Pick<ExportRow, 'filter'>) {
  return storedFilter.parse(filter)
}

export function fileNameOf({ createdAt, format, gzip }: Pick<ExportRow, 'createdAt' | 'format' | 'gzip'>): string {
  const at = createdAt.toISOString().slice(0, 16).replace('T', '-').replace(':', '')
  return `answers-${at}.${format}${gzip ? '.gz' : ''}`
}

export function selectExports(ctx: Pick<ExportsContext, 'db'>) {
  return ctx.db
    .select({ row: exports, startedBy: users.email, micros: microsOf(exports.createdAt) })
    .from(exports)
    .leftJoin(users, eq(users.id, exports.actorId))
    .$dynamic()
}

/** Throws NOT_FOUND. */
export async function findExport(ctx: Pick<ExportsContext, 'db'>, exportId: string): Promise<ExportView> {
  const [found] = await selectExports(ctx).where(eq(exports.id, exportId))
  if (!found) throw new GangwayError('NOT_FOUND')
  return exportView(found)
}

export function exportView({ row, startedBy }: { row: ExportRow; startedBy: string | null }): ExportView {
  const { id, state, format, gzip, createdAt, finishedAt, expiresAt, rows, sha256, failure } = row
  return {
    ...{ id, state, format, gzip, startedBy, createdAt, finishedAt, expiresAt, rows, sha256 },
    filter: filterOf(row),
    expected: { value: row.expected, exact: row.expectedExact },
    bytes: gzip ? row.gzipBytes : row.plainBytes,
    fileName: fileNameOf(row),
    downloadPath: state === 'succeeded' ? `/api/admin/exports/${id}/file` : null,
    failure: failure && { ...failure, message: describeCode(isCode(failure.code) ? failure.code : 'UNKNOWN').message },
  }
}

function isCode(code: string): code is ErrorCode {
  return code in ERRORS
}
