import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { exportAnswers } from '@gangway/core/exports'
import type { BrowseContext } from '@gangway/core/context'
import type { StartExport } from '@gangway/schemas/exports'
import { z } from 'zod'

export interface WrittenExport {
  file: string
  rows: number
  bytes: number
  sha256: string
  /** Rows that an earlier command had written. */
  resumedAfter: number
  /** False where the signal came before the end. */
  finished: boolean
}

interface WriteExport {
  file: string
  request: StartExport
  /** Goes on with this. */
  left: Left | undefined
  signal: AbortSignal
  onProgress(progress: { done: number; total: number }): void
}

/** Beside the part of the file that is there: what it is of, and how far it goes. Written after each piece. */
const leftSchema = z.object({
  request: z.unknown(),
  before: z.coerce.date(),
  place: z.object({ chunks: z.number(), position: z.object({ micros: z.string(), id: z.string() }) }),
  rows: z.number(),
  bytes: z.number(),
})
export type Left = z.infer<typeof leftSchema>

/**
 * What an earlier command has left of this file; `other` where it was asked for something else. Nothing where there is less
 * of it than is on record: a machine that goes down may keep the record and lose what it tells of.
 */
export async function findLeft(file: string, request: StartExport): Promise<Left | 'other' | undefined> {
  const [text, part] = await Promise.all([
    readFile(`${file}.part.json`, 'utf8').catch(() => undefined),
    stat(`${file}.part`).catch(() => undefined),
  ])
  const left = leftSchema.safeParse(parseJson(text ?? '')).data
  if (!left || !part || part.size < left.bytes) return undefined
  return JSON.stringify(left.request) === JSON.stringify(request) ? left : 'other'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Writes an export into a file: under another name until it is whole. One that was cut off, however, becomes the same file
 * when it is gone on with.
 */
export async function writeExport(
  ctx: BrowseContext,
  { file, request, left, signal, onProgress }: WriteExport,
): Promise<WrittenExport> {
  const [part, state] = [`${file}.part`, `${file}.part.json`]
  const before = left?.before ?? ctx.clock.now()
  const { expected, pieces } = await exportAnswers(ctx, { actorId: null, request, before, from: left?.place })
  const written = { file, rows: left?.rows ?? 0, bytes: left?.bytes ?? 0, resumedAfter: left?.rows ?? 0 }
  const hash = createHash('sha256')
  if (left) await hashPart(hash, part, left.bytes)
  // Whoever begins anew leaves no record of another beginning beside it.
  else await rm(state, { force: true })
  const output = await open(part, left ? 'r+' : 'w')
  try {
    // What was written after the place on record is written once more.
    await output.truncate(written.bytes)
    for await (const { bytes, rows, place } of pieces) {
      await output.write(bytes, 0, bytes.length, written.bytes)
      hash.update(bytes)
      written.bytes += bytes.length
      written.rows += rows
      if (place) {
        const { rows: done, bytes: length } = written
        await replace(state, JSON.stringify({ request, before, place, rows: done, bytes: length } satisfies Left))
      }
      onProgress({ done: written.rows, total: Math.max(expected.value, written.rows) })
      if (signal.aborted && place) return { ...written, sha256: '', finished: false }
    }
    await output.sync()
  } finally {
    await output.close()
  }
  await rename(part, file)
  await rm(state, { force: true })
  return { ...written, sha256: hash.digest('hex'), finished: true }
}

async function hashPart(hash: Hash, part: string, bytes: number): Promise<void> {
  if (bytes === 0) return
  for await (const piece of createReadStream(part, { end: bytes - 1 })) hash.update(z.instanceof(Buffer).parse(piece))
}

/** Whoever reads it meanwhile finds the one before, or this one. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text)
  await rename(`${file}.new`, file)
}
