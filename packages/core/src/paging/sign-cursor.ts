import { createHmac, timingSafeEqual } from 'node:crypto'
import { GangwayError } from '../errors/index.ts'

/** Signs cursors, so that nobody makes one up. The first key signs; those after it, from before, are still good. */
type CursorKeys = readonly string[]

const BYTES = 16

export function signCursor(cursor: string, [key = '']: CursorKeys): string {
  return `${cursor}.${signature(cursor, key).toString('base64url')}`
}

/** The cursor without its signature. Throws INPUT_INVALID for one that nobody here has signed. */
export function verifyCursor(signed: string, keys: CursorKeys): string {
  const [cursor = '', given = ''] = signed.split('.')
  const found = Buffer.from(given, 'base64url')
  if (found.length === BYTES && keys.some((key) => timingSafeEqual(signature(cursor, key), found))) return cursor
  throw new GangwayError('INPUT_INVALID', { details: { fields: ['cursor'] } })
}

function signature(cursor: string, key: string): Buffer {
  return createHmac('sha256', key).update(cursor).digest().subarray(0, BYTES)
}
