import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
/** NIST SP 800-38D recommends 96 bits of IV and 128 of tag. */
const IV_BYTES = 12
const TAG_BYTES = 16

export const KEY_BYTES = 32

export interface Encrypted {
  iv: Buffer
  ciphertext: Buffer
  tag: Buffer
}

export function encrypt(key: Buffer, plaintext: Buffer, associatedData: string): Encrypted {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(associatedData))
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return { iv, ciphertext, tag: cipher.getAuthTag() }
}

/** Throws for another key, other associated data, and anything that was changed. */
export function decrypt(key: Buffer, { iv, ciphertext, tag }: Encrypted, associatedData: string): Buffer {
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(associatedData))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(ciphertext), decipher.final()])
}

export function pack({ iv, ciphertext, tag }: Encrypted): string {
  return Buffer.concat([iv, ciphertext, tag]).toString('base64')
}

export function unpack(packed: string): Encrypted {
  const bytes = Buffer.from(packed, 'base64')
  return { iv: bytes.subarray(0, IV_BYTES), ciphertext: bytes.subarray(IV_BYTES, -TAG_BYTES), tag: bytes.subarray(-TAG_BYTES) }
}
