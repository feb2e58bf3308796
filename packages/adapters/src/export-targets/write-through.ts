import { createHash } from 'node:crypto'
import type { WrittenFile } from '@gangway/core/ports'
import { targetError } from './target-error.ts'

/**
 * Counts and hashes `content` while `write` takes it. What the content itself fails with is passed on as it is; what `write`
 * fails with tells of the target.
 */
export async function writeThrough(
  content: AsyncIterable<Buffer>,
  write: (content: AsyncIterable<Buffer>) => Promise<void>,
): Promise<WrittenFile> {
  const hash = createHash('sha256')
  let bytes = 0
  let ownFailure: { error: unknown } | undefined
  async function* counted() {
    try {
      for await (const piece of content) {
        hash.update(piece)
        bytes += piece.length
        yield piece
      }
    } catch (error) {
      ownFailure = { error }
      throw error
    }
  }
  try {
    await write(counted())
  } catch (error) {
    throw ownFailure ? ownFailure.error : targetError(error)
  }
  return { bytes, sha256: hash.digest('hex') }
}
