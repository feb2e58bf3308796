import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { GangwayError } from '@gangway/core/errors'
import type { Vault } from '@gangway/core/ports'
import type { SealedSecret } from '@gangway/db/schema'
import { decrypt, encrypt, KEY_BYTES, pack, unpack } from './aead.ts'

export interface LocalVaultOptions {
  /** A secret of the installation with at least 128 bits of randomness. Whoever loses it loses every sealed secret. */
  rootKey: string
}

/** Envelope encryption with a wrapping key that is derived from the root key and kept in memory only. */
export function createLocalVault({ rootKey }: LocalVaultOptions): Vault {
  const wrappingKey = Buffer.from(hkdfSync('sha256', rootKey, '', 'gangway local vault 1', KEY_BYTES))
  const keyId = `local-1-${createHash('sha256').update(wrappingKey).digest('hex').slice(0, 12)}`

  function open({ keyId: sealedBy, wrappedDataKey, iv, ciphertext, tag }: SealedSecret, associatedData: string): string {
    if (sealedBy !== keyId) throw new Error(`sealed by ${sealedBy}, this vault holds ${keyId}`)
    const dataKey = decrypt(wrappingKey, unpack(wrappedDataKey), keyId)
    const parts = { iv: bytes(iv), ciphertext: bytes(ciphertext), tag: bytes(tag) }
    return decrypt(dataKey, parts, associatedData).toString('utf8')
  }

  return {
    async seal(plaintext, associatedData) {
      const dataKey = randomBytes(KEY_BYTES)
      const { iv, ciphertext, tag } = encrypt(dataKey, Buffer.from(plaintext), associatedData)
      return {
        keyId,
        wrappedDataKey: pack(encrypt(wrappingKey, dataKey, keyId)),
        iv: iv.toString('base64'),
        ciphertext: ciphertext.toString('base64'),
        tag: tag.toString('base64'),
      }
    },
    async open(sealed, associatedData) {
      try {
        return open(sealed, associatedData)
      } catch (cause) {
        throw new GangwayError('SECRET_UNREADABLE', { cause })
      }
    },
  }
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64')
}
