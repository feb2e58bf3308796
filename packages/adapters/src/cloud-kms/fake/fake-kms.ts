import { type FakeReply, type FakeServer, startFakeServer } from '../../fake-server/fake-server.ts'
import { answer } from './answer.ts'
import { type CryptoKey, newCryptoKey } from './crypto-key.ts'

export interface FakeKms extends FakeServer {
  /** Permissions that whoever asks does not have, such as `cloudkms.cryptoKeyVersions.useToDecrypt`. */
  denied: Set<string>
  /** A new key by its full name. */
  addKey(name: string): void
  /** The next request gets this for an answer, as if it had been changed on its way. */
  answerOnce(reply: FakeReply): void
}

/** Cloud KMS on a port of this machine: what is encrypted really is, and keys rotate, are disabled and destroyed by its own REST calls. */
export async function startFakeKms(options: { port?: number; keyNames?: readonly string[] } = {}): Promise<FakeKms> {
  const keys = new Map<string, CryptoKey>()
  const denied = new Set<string>()
  const addKey = (name: string) => void keys.set(name, newCryptoKey(name))
  for (const name of options.keyNames ?? []) addKey(name)
  const replies: FakeReply[] = []
  const server = await startFakeServer(
    (request) => replies.shift() ?? answer({ keys, denied }, request),
    options.port ? { port: options.port } : {},
  )
  return { ...server, denied, addKey, answerOnce: (reply) => void replies.push(reply) }
}
