import { createHash, createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Ids } from '../ports/index.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_LENGTH = 30
const CHECKSUM_LENGTH = 6
const SHAPE = new RegExp(`^gw_(live|test)_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`)

export interface NewApiKey {
  /** `gw_live_`, 30 characters from a CSPRNG (178 bits), 6 characters of checksum. Never stored. */
  key: string
  /** The first characters, for people to tell keys apart. */
  prefix: string
  hash: string
  fingerprint: string
}

export function generateApiKey(ids: Ids, settings: { keyPepper: string; keyPrefix: string }): NewApiKey {
  const body = settings.keyPrefix + ids.random(SECRET_LENGTH, BASE62)
  const key = body + checksum(body)
  return {
    key,
    prefix: key.slice(0, settings.keyPrefix.length + 4),
    hash: hashApiKey(key, settings.keyPepper),
    fingerprint: createHash('sha256').update(key).digest('hex').slice(0, 16),
  }
}

/** SHA-256 keyed with the pepper, hexadecimal. */
export function hashApiKey(key: string, pepper: string): string {
  return createHmac('sha256', pepper).update(key).digest('hex')
}

/** Tells garbage from a key without asking the database. */
export function isWellFormed(key: string): boolean {
  return SHAPE.test(key) && checksum(key.slice(0, -CHECKSUM_LENGTH)) === key.slice(-CHECKSUM_LENGTH)
}

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    text = BASE62.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}
