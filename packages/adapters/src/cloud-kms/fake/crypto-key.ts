import { randomBytes } from 'node:crypto'
import { decrypt, encrypt, KEY_BYTES, pack, unpack } from '../../envelope-encryption/aead.ts'

export type VersionState = 'ENABLED' | 'DISABLED' | 'DESTROY_SCHEDULED'

export interface Version {
  number: number
  state: VersionState
  material: Buffer
}

/** A key that encrypts and decrypts, with its versions. The primary one encrypts; each opens what it has made. */
export interface CryptoKey {
  name: string
  versions: Version[]
  primary: Version
}

export function newCryptoKey(name: string): CryptoKey {
  const primary = newVersion(1)
  return { name, versions: [primary], primary }
}

export function addVersion(key: CryptoKey): Version {
  const version = newVersion(key.versions.length + 1)
  key.versions.push(version)
  return version
}

export function versionName(key: CryptoKey, version: Version): string {
  return `${key.name}/cryptoKeyVersions/${version.number}`
}

/** As the service does, a ciphertext says by itself which version made it. */
export function encryptBy(version: Version, plaintext: Buffer, associatedData: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(version.number)
  return Buffer.concat([head, Buffer.from(pack(encrypt(version.material, plaintext, hex(associatedData))), 'base64')])
}

/** undefined for a ciphertext that none of its versions has made. */
export function versionOf(key: CryptoKey, ciphertext: Buffer): Version | undefined {
  return ciphertext.length > 4 ? key.versions.find(({ number }) => number === ciphertext.readUInt32BE()) : undefined
}

/** Throws for other associated data, and anything that was changed. */
export function decryptBy(version: Version, ciphertext: Buffer, associatedData: Buffer): Buffer {
  return decrypt(version.material, unpack(ciphertext.subarray(4).toString('base64')), hex(associatedData))
}

function newVersion(number: number): Version {
  return { number, state: 'ENABLED', material: randomBytes(KEY_BYTES) }
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex')
}
