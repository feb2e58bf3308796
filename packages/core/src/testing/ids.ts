import { createHash } from 'node:crypto'
import type { Ids } from '../ports/ids.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The same seed gives the same identifiers in the same order. Never for anything but tests. */
export function seededIds(seed: string): Ids {
  let count = 0

  /** 64 hexadecimal characters. */
  function digest(): string {
    return createHash('sha256').update(`${seed}:${count++}`).digest('hex')
  }

  function random(length: number, alphabet: string): string {
    let text = ''
    while (text.length < length) text += alphabet.charAt(Number.parseInt(digest().slice(0, 12), 16) % alphabet.length)
    return text
  }

  return {
    random,
    errorId: () => `err_${random(12, BASE62)}`,
    uuid() {
      const hex = digest()
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
  }
}
