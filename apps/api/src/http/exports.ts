import { downloadExport } from '@gangway/core/exports'
import { GangwayError } from '@gangway/core/errors'
import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { findViewer } from '../auth/auth.ts'
import type { Composition } from '../compose.ts'
import { parseRange } from './range.ts'

const paramsSchema = z.object({ exportId: z.uuid() })

/**
 * The file of an export, for staff who are signed in: a chunk at a time, and in ranges, so that a download that was cut off
 * goes on. https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export async function exportRoutes(
  server: FastifyInstance,
  { composition: { auth, contexts } }: { composition: Composition },
): Promise<void> {
  server.get('/api/admin/exports/:exportId/file', async (request, reply) => {
    const viewer = await findViewer(auth, fromNodeHeaders(request.headers))
    if (!viewer) throw new GangwayError('UNAUTHENTICATED')
    if (viewer.role !== 'admin') throw new GangwayError('FORBIDDEN')
    const params = paramsSchema.safeParse(request.params)
    if (!params.success) throw new GangwayError('NOT_FOUND')
    const file = await downloadExport(contexts.exports, { ...params.data, actorId: viewer.id })
    const tag = `"${file.sha256}"`
    reply.headers({
      'content-type': file.contentType,
      'content-disposition': `attachment; filename="${file.fileName}"`,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      etag: tag,
    })
    // A range of a file that has become another is no part of it.
    const isSame = (request.headers['if-range'] ?? tag) === tag
    const range = isSame ? parseRange(request.headers.range, file.bytes) : undefined
    if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${file.bytes}`).send()
    const { from, to } = range ?? { from: 0, to: file.bytes }
    reply.header('content-length', to - from)
    if (range) reply.status(206).header('content-range', `bytes ${from}-${to - 1}/${file.bytes}`)
    return reply.send(Readable.from(file.read({ from, to })))
  })
}
