import type { SealedSecret } from '@gangway/db/schema'

/** Envelope encryption: a data key per secret, AES-256-GCM, the data key wrapped by a key that never leaves the vault. */
export interface Vault {
  /** `associatedData` (an org's id) is bound to the ciphertext, and not stored in it. */
  seal(plaintext: string, associatedData: string): Promise<SealedSecret>
  /** Throws SECRET_UNREADABLE for other associated data, a changed ciphertext or a lost key. */
  open(sealed: SealedSecret, associatedData: string): Promise<string>
  /** Names the key that wraps from now on: what carries another name is due for `rewrap`. */
  currentKeyId(): Promise<string>
  /** The same secret with its data key wrapped by today's key. Throws SECRET_UNREADABLE for what `open` would refuse. */
  rewrap(sealed: SealedSecret, associatedData: string): Promise<SealedSecret>
}
