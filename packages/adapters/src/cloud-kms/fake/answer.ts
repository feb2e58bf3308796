import type { protos } from '@google-cloud/kms'
import type { FakeReply, FakeRequest } from '../../fake-server/fake-server.ts'
import { crc32c } from '../crc32c.ts'
import { addVersion, type CryptoKey, decryptBy, encryptBy, type Version, versionName, versionOf } from './crypto-key.ts'
import { changedVersion, decryptRequest, encryptRequest, type JsonOf, newPrimary } from './fields.ts'
import { denied, invalid, notEnabled, notFound, Refusal } from './refusals.ts'

type Messages = typeof protos.google.cloud.kms.v1
type Reply<Name extends keyof Messages> = Messages[Name] extends abstract new (...args: never) => infer Message
  ? JsonOf<Message>
  : never

export interface KeyStore {
  keys: ReadonlyMap<string, CryptoKey>
  /** Permissions that whoever asks does not have. */
  denied: ReadonlySet<string>
}

const PATH = /^\/v1\/(?<key>projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/:]+)(?<rest>.*)$/

/** The part of the service's REST face that the vault and its operators use. https://cloud.google.com/kms/docs/reference/rest */
export function answer(store: KeyStore, request: FakeRequest): FakeReply {
  try {
    return { status: 200, body: work(store, request) }
  } catch (error) {
    if (error instanceof Refusal) return error.reply
    throw error
  }
}

function work(store: KeyStore, { method, path, body }: FakeRequest): object {
  const { key: name = '', rest = '' } = PATH.exec(path)?.groups ?? {}
  const key = (permission: string) => permitted(store, `cloudkms.${permission}`, name)
  const json: unknown = body === '' ? {} : JSON.parse(body)
  const [, number, verb] = /^\/cryptoKeyVersions(?:\/(\d+))?(:\w+)?$/.exec(rest) ?? []
  if (method === 'POST' && rest === ':encrypt') return encrypt(key('cryptoKeyVersions.useToEncrypt'), json)
  if (method === 'POST' && rest === ':decrypt') return decrypt(key('cryptoKeyVersions.useToDecrypt'), json)
  if (method === 'GET' && rest === '') return describeKey(key('cryptoKeys.get'))
  if (method === 'POST' && rest === ':updatePrimaryVersion') return setPrimary(key('cryptoKeys.update'), json)
  if (method === 'POST' && rest === '/cryptoKeyVersions') {
    const owner = key('cryptoKeyVersions.create')
    return describeVersion(owner, addVersion(owner))
  }
  if (number && method === 'PATCH') return change(key('cryptoKeyVersions.update'), number, changedVersion.parse(json).state)
  if (number && verb === ':destroy') return change(key('cryptoKeyVersions.destroy'), number, 'DESTROY_SCHEDULED')
  throw notFound(path)
}

/** Who may do nothing with a key is not told whether there is one. */
function permitted(store: KeyStore, permission: string, name: string): CryptoKey {
  if (store.denied.has(permission)) throw denied(permission, name)
  const key = store.keys.get(name)
  if (!key) throw notFound(name)
  return key
}

function encrypt(key: CryptoKey, json: unknown): Reply<'EncryptResponse'> {
  const request = encryptRequest.parse(json)
  const { plaintext, additionalAuthenticatedData: associated } = request
  const verifiedPlaintextCrc32c = verified('plaintext_crc32c', request.plaintextCrc32c, plaintext)
  const verifiedAdditionalAuthenticatedDataCrc32c = verified(
    'additional_authenticated_data_crc32c',
    request.additionalAuthenticatedDataCrc32c,
    associated,
  )
  const ciphertext = encryptBy(enabled(key, key.primary), plaintext, associated)
  return {
    name: versionName(key, key.primary),
    ciphertext: ciphertext.toString('base64'),
    ciphertextCrc32c: String(crc32c(ciphertext)),
    verifiedPlaintextCrc32c,
    verifiedAdditionalAuthenticatedDataCrc32c,
    protectionLevel: 'SOFTWARE',
  }
}

function decrypt(key: CryptoKey, json: unknown): Reply<'DecryptResponse'> {
  const request = decryptRequest.parse(json)
  const { ciphertext, additionalAuthenticatedData: associated } = request
  verified('ciphertext_crc32c', request.ciphertextCrc32c, ciphertext)
  verified('additional_authenticated_data_crc32c', request.additionalAuthenticatedDataCrc32c, associated)
  const version = versionOf(key, ciphertext)
  const mismatch = invalid(`Decryption failed: verify that 'name' refers to the correct CryptoKey.`)
  if (!version) throw mismatch
  const made = enabled(key, version)
  try {
    const plaintext = decryptBy(made, ciphertext, associated)
    return {
      plaintext: plaintext.toString('base64'),
      plaintextCrc32c: String(crc32c(plaintext)),
      usedPrimary: version === key.primary,
      protectionLevel: 'SOFTWARE',
    }
  } catch {
    throw mismatch
  }
}

/** Whether a checksum was sent: one that does not fit is refused. */
function verified(field: string, sent: string | undefined, bytes: Buffer): boolean {
  if (sent === undefined) return false
  if (sent !== String(crc32c(bytes))) throw invalid(`The checksum in field ${field} did not match the data in field.`)
  return true
}

function enabled(key: CryptoKey, version: Version): Version {
  if (version.state !== 'ENABLED') throw notEnabled(versionName(key, version), version.state)
  return version
}

function setPrimary(key: CryptoKey, json: unknown): Reply<'CryptoKey'> {
  key.primary = find(key, newPrimary.parse(json).cryptoKeyVersionId)
  return describeKey(key)
}

function change(key: CryptoKey, number: string, state: Version['state']): Reply<'CryptoKeyVersion'> {
  const version = find(key, number)
  version.state = state
  return describeVersion(key, version)
}

function find(key: CryptoKey, number: string): Version {
  const version = key.versions.find((candidate) => String(candidate.number) === number)
  if (!version) throw notFound(`${key.name}/cryptoKeyVersions/${number}`)
  return version
}

function describeKey(key: CryptoKey): Reply<'CryptoKey'> {
  return { name: key.name, purpose: 'ENCRYPT_DECRYPT', primary: describeVersion(key, key.primary) }
}

function describeVersion(key: CryptoKey, version: Version): Reply<'CryptoKeyVersion'> {
  const { state } = version
  return { name: versionName(key, version), state, protectionLevel: 'SOFTWARE', algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION' }
}
