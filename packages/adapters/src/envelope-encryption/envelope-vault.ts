import { randomBytes } from 'node:crypto'
import { GangwayError } from '@gangway/core/errors'
import type { Vault } from '@gangway/core/ports'
import { decrypt, encrypt, KEY_BYTES } from './aead.ts'

export interface WrappedDataKey {
  /** Names the key that wrapped it. */
  keyId: string
  /** Base64. */
  wrappedDataKey: string
}

/** The keys that wrap data keys, wherever they are kept. `associatedData` is bound to what they wrap. */
export interface WrappingKeys {
  currentKeyId(): Promise<string>
  wrap(dataKey: Buffer, associatedData: string): Promise<WrappedDataKey>
  /** Throws SECRET_UNREADABLE where it is sure of that, and whatever else has happened as it is. */
  unwrap(wrapped: WrappedDataKey, associatedData: string): Promise<Buffer>
}

/** Envelope encryption: each secret under a data key of its own, each data key wrapped by the newest of `keys`. */
export function createEnvelopeVault(keys: WrappingKeys): Vault {
  return {
    currentKeyId: () => keys.currentKeyId(),
    async seal(plaintext, associatedData) {
      const dataKey = randomBytes(KEY_BYTES)
      const { iv, ciphertext, tag } = encrypt(dataKey, Buffer.from(plaintext), associatedData)
      const wrapped = await keys.wrap(dataKey, associatedData)
      return { ...wrapped, iv: base64(iv), ciphertext: base64(ciphertext), tag: base64(tag) }
    },
    async open(sealed, associatedData) {
      const dataKey = await keys.unwrap(sealed, associatedData)
      return openWith(dataKey, sealed, associatedData).toString('utf8')
    },
    async rewrap(sealed, associatedData) {
      const dataKey = await keys.unwrap(sealed, associatedData)
      // A secret that cannot be opened any more must not look as if it had been saved into the new key.
      openWith(dataKey, sealed, associatedData)
      return { ...sealed, ...(await keys.wrap(dataKey, associatedData)) }
    },
  }
}

function openWith(
  dataKey: Buffer,
  { iv, ciphertext, tag }: { iv: string; ciphertext: string; tag: string },
  associatedData: string,
): Buffer {
  try {
    return decrypt(dataKey, { iv: bytes(iv), ciphertext: bytes(ciphertext), tag: bytes(tag) }, associatedData)
  } catch (cause) {
    throw new GangwayError('SECRET_UNREADABLE', { cause })
  }
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64')
}

function base64(buffer: Buffer): string {
  return buffer.toString('base64')
}
