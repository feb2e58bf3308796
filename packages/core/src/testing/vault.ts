import type { SealedSecret } from '@gangway/db/schema'
import { GangwayError } from '../errors/gangway-error.ts'
import type { Vault } from '../ports/vault.ts'
import { faultPoints, type Faults } from './faults.ts'

type Method = 'seal' | 'open'

/** Keeps the plaintext aside and hands out a receipt. Nothing that is stored gives the secret away. */
export function memoryVault(): Vault & Faults<Method> {
  const { around, ...faults } = faultPoints<Method>()
  const secrets = new Map<string, { plaintext: string; associatedData: string }>()
  return {
    ...faults,
    seal: (plaintext, associatedData) =>
      around('seal', async () => {
        const part = (name: string) => Buffer.from(`${name} ${secrets.size}`).toString('base64')
        const sealed = {
          keyId: 'memory',
          wrappedDataKey: part('key'),
          iv: part('iv'),
          ciphertext: part('text'),
          tag: part('tag'),
        }
        secrets.set(receipt(sealed), { plaintext, associatedData })
        return sealed
      }),
    open: (sealed, associatedData) =>
      around('open', async () => {
        const secret = secrets.get(receipt(sealed))
        if (secret?.associatedData !== associatedData) throw new GangwayError('SECRET_UNREADABLE')
        return secret.plaintext
      }),
  }
}

/** Postgres gives the fields of jsonb back in an order of its own. */
function receipt({ keyId, wrappedDataKey, iv, ciphertext, tag }: SealedSecret): string {
  return JSON.stringify([keyId, wrappedDataKey, iv, ciphertext, tag])
}
