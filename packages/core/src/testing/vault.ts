import type { SealedSecret } from '@gangway/db/schema'
import { GangwayError } from '../errors/gangway-error.ts'
import type { Vault } from '../ports/vault.ts'
import { faultPoints, type Faults } from './faults.ts'

type Method = 'seal' | 'open' | 'currentKeyId' | 'rewrap'

export interface MemoryVault extends Vault, Faults<Method> {
  /** From here on a new key wraps. What was sealed before can still be opened. */
  rotate(): void
}

/** Keeps the plaintext aside and hands out a receipt. Nothing that is stored gives the secret away. */
export function memoryVault(): MemoryVault {
  const { around, ...faults } = faultPoints<Method>()
  const secrets = new Map<string, { plaintext: string; associatedData: string }>()
  let generation = 1
  let wrapped = 0
  const keyId = () => `memory-${generation}`
  const part = (name: string, number: number) => Buffer.from(`${name} ${number}`).toString('base64')

  function find(sealed: SealedSecret, associatedData: string) {
    const secret = secrets.get(receipt(sealed))
    if (secret?.associatedData !== associatedData) throw new GangwayError('SECRET_UNREADABLE')
    return secret
  }

  return {
    ...faults,
    rotate() {
      generation += 1
    },
    currentKeyId: () => around('currentKeyId', async () => keyId()),
    seal: (plaintext, associatedData) =>
      around('seal', async () => {
        const number = wrapped++
        const parts = { iv: part('iv', number), ciphertext: part('text', number), tag: part('tag', number) }
        const sealed = { keyId: keyId(), wrappedDataKey: part('key', number), ...parts }
        secrets.set(receipt(sealed), { plaintext, associatedData })
        return sealed
      }),
    open: (sealed, associatedData) => around('open', async () => find(sealed, associatedData).plaintext),
    rewrap: (sealed, associatedData) =>
      around('rewrap', async () => {
        const secret = find(sealed, associatedData)
        const renewed = { ...sealed, keyId: keyId(), wrappedDataKey: part('key', wrapped++) }
        secrets.set(receipt(renewed), secret)
        return renewed
      }),
  }
}

/** Postgres gives the fields of jsonb back in an order of its own. */
function receipt({ keyId, wrappedDataKey, iv, ciphertext, tag }: SealedSecret): string {
  return JSON.stringify([keyId, wrappedDataKey, iv, ciphertext, tag])
}
