import { createHash } from 'node:crypto'
import type { Ids } from '../ports/index.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 24 characters of base62: 142 bits, so that a plain hash of it is enough. */
export function newInviteCode(ids: Ids): string {
  return ids.random(24, ALPHABET)
}

export function hashInviteCode(code: string): string {
  return createHash('sha256').update(code.trim()).digest('hex')
}
