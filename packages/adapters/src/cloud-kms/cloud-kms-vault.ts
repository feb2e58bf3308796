import { GangwayError } from '@gangway/core/errors'
import type { Vault } from '@gangway/core/ports'
import { createEnvelopeVault } from '../envelope-encryption/envelope-vault.ts'
import { crc32c } from './crc32c.ts'
import { openKmsClient } from './kms-client.ts'

export interface CloudKmsVaultOptions {
  /** Of a symmetric key: `projects/…/locations/…/keyRings/…/cryptoKeys/…`. */
  keyName: string
  /** Another address than Google's. By plain HTTP it is a fake's, and asked without credentials. */
  apiEndpoint?: string
  /** Of one call; 10,000 unless told. */
  deadlineMs?: number
}

/** gRPC's INVALID_ARGUMENT: of a decryption, that neither ciphertext nor associated data may be other than they were. */
const INVALID_ARGUMENT = 3

/**
 * Data keys are wrapped by Cloud KMS. What it says of its failures comes out as the SDK throws it, but for what can never
 * be opened: SECRET_UNREADABLE. https://cloud.google.com/kms/docs/envelope-encryption
 */
export function createCloudKmsVault({ keyName, apiEndpoint, deadlineMs = 10_000 }: CloudKmsVaultOptions): Vault & {
  close(): Promise<void>
} {
  const client = openKmsClient(apiEndpoint)
  const options = { timeout: deadlineMs, retry: null }

  async function wrap(dataKey: Buffer, associatedData: string) {
    const associated = Buffer.from(associatedData)
    const request = {
      name: keyName,
      plaintext: dataKey,
      plaintextCrc32c: { value: crc32c(dataKey) },
      additionalAuthenticatedData: associated,
      additionalAuthenticatedDataCrc32c: { value: crc32c(associated) },
    }
    const [{ name, ciphertext, ...reply }] = await client.call((kms) => kms.encrypt(request, options))
    const bytes = toBuffer(ciphertext)
    if (!reply.verifiedPlaintextCrc32c || !reply.verifiedAdditionalAuthenticatedDataCrc32c)
      throw damaged('the request reached Cloud KMS without its checksums')
    assertIntact(bytes, reply.ciphertextCrc32c)
    if (!name?.startsWith(`${keyName}/`)) throw damaged('another key has encrypted')
    return { keyId: name, wrappedDataKey: bytes.toString('base64') }
  }

  const vault = createEnvelopeVault({
    wrap,
    // Asking for the key would need a right that those who may encrypt do not have; the answer names the version, too.
    currentKeyId: async () => (await wrap(Buffer.from('?'), '')).keyId,
    async unwrap({ keyId, wrappedDataKey }, associatedData) {
      if (!keyId.startsWith(`${keyName}/`))
        throw new GangwayError('SECRET_UNREADABLE', { cause: new Error(`sealed by ${keyId}`) })
      const [ciphertext, associated] = [Buffer.from(wrappedDataKey, 'base64'), Buffer.from(associatedData)]
      const request = {
        name: keyName,
        ciphertext,
        ciphertextCrc32c: { value: crc32c(ciphertext) },
        additionalAuthenticatedData: associated,
        additionalAuthenticatedDataCrc32c: { value: crc32c(associated) },
      }
      const [{ plaintext, plaintextCrc32c }] = await client.call((kms) => kms.decrypt(request, options)).catch(unreadable)
      const dataKey = toBuffer(plaintext)
      assertIntact(dataKey, plaintextCrc32c)
      return dataKey
    },
  })
  return { ...vault, close: () => client.close() }
}

function unreadable(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && error.code === INVALID_ARGUMENT)) throw error
  // What was damaged on its way to them comes under the same code.
  throw /checksum|crc32c/i.test(error.message) ? damaged(error.message) : new GangwayError('SECRET_UNREADABLE', { cause: error })
}

/** https://cloud.google.com/kms/docs/data-integrity-guidelines */
function assertIntact(bytes: Buffer, sent: { value?: unknown } | null | undefined): void {
  if (String(sent?.value) !== String(crc32c(bytes))) throw damaged('the answer does not fit its checksum')
}

/** A repeat can help. */
function damaged(what: string): GangwayError {
  return new GangwayError('VAULT_UNAVAILABLE', { cause: new Error(what) })
}

function toBuffer(bytes: Uint8Array | string | null | undefined): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : Buffer.from(bytes ?? [])
}
