import { createHash, hkdfSync } from 'node:crypto'
import { GangwayError } from '@gangway/core/errors'
import type { Vault } from '@gangway/core/ports'
import { decrypt, encrypt, KEY_BYTES, pack, unpack } from '../envelope-encryption/aead.ts'
import { createEnvelopeVault } from '../envelope-encryption/envelope-vault.ts'

export interface LocalVaultOptions {
  /** A secret of the installation with at least 128 bits of randomness. Whoever loses it loses every sealed secret. */
  rootKey: string
  /** Root keys from before a rotation: they open what they sealed and seal nothing more. */
  previousRootKeys?: readonly string[]
}

/** Wrapping keys are derived from the root keys and kept in memory only; the newest wraps. */
export function createLocalVault({ rootKey, previousRootKeys = [] }: LocalVaultOptions): Vault {
  const current = deriveWrappingKey(rootKey)
  const known = new Map([...previousRootKeys.map(deriveWrappingKey), current].map((key) => [key.keyId, key]))
  return createEnvelopeVault({
    currentKeyId: async () => current.keyId,
    async wrap(dataKey, associatedData) {
      const { keyId, key } = current
      return { keyId, wrappedDataKey: pack(encrypt(key, dataKey, bound(keyId, associatedData))) }
    },
    async unwrap({ keyId, wrappedDataKey }, associatedData) {
      try {
        const wrapping = known.get(keyId)
        if (!wrapping) throw new Error(`sealed by ${keyId}, and this vault holds ${[...known.keys()].join(', ')}`)
        return decrypt(wrapping.key, unpack(wrappedDataKey), bound(keyId, associatedData))
      } catch (cause) {
        throw new GangwayError('SECRET_UNREADABLE', { cause })
      }
    },
  })
}

interface WrappingKey {
  keyId: string
  key: Buffer
}

function deriveWrappingKey(rootKey: string): WrappingKey {
  const key = Buffer.from(hkdfSync('sha256', rootKey, '', 'gangway local vault 2', KEY_BYTES))
  return { keyId: `local-2-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`, key }
}

/** No key id holds a line break, so that no two pairs read the same. */
function bound(keyId: string, associatedData: string): string {
  return `${keyId}\n${associatedData}`
}
