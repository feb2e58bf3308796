import { GangwayError } from '@gangway/core/errors'
import { KeyManagementServiceClient } from '@google-cloud/kms'
import { type AuthClient, GoogleAuth, PassThroughClient } from 'google-auth-library'

const SCOPES = ['https://www.googleapis.com/auth/cloudkms']

/** The SDK's client over REST, made at the first call and again after a failure to make it. */
export interface KmsClient {
  /** Throws VAULT_DENIED where there are no credentials, and the SDK's errors without what was sent. */
  call<Result>(use: (client: KeyManagementServiceClient) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

/** The machine's own credentials are found as Google's libraries find them; plain HTTP, which is a fake's, sends nobody's. */
export function openKmsClient(apiEndpoint?: string): KmsClient {
  let opening: Promise<KeyManagementServiceClient> | undefined

  async function open(): Promise<KeyManagementServiceClient> {
    const { address, plain } = addressOf(apiEndpoint)
    // Asked for before the client exists: one that cannot find any later ends the process with an unhandled rejection.
    const authClient = plain ? new PassThroughClient() : await findCredentials()
    return new KeyManagementServiceClient({ fallback: true, ...address, projectId: 'unused', authClient })
  }

  return {
    async call(use) {
      opening ??= open()
      const client = await opening.catch((error: unknown) => {
        opening = undefined
        throw error
      })
      return use(client).catch(withoutRequest)
    },
    async close() {
      const client = await opening?.catch(() => undefined)
      await client?.close()
    },
  }
}

function addressOf(apiEndpoint: string | undefined) {
  if (!apiEndpoint) return { address: {}, plain: false }
  const { protocol, hostname, port } = new URL(apiEndpoint)
  const plain = protocol === 'http:'
  const address = { apiEndpoint: hostname, port: Number(port) || (plain ? 80 : 443), protocol: plain ? 'http' : 'https' }
  return { address, plain }
}

async function findCredentials(): Promise<AuthClient> {
  try {
    return await new GoogleAuth({ scopes: SCOPES }).getClient()
  } catch (cause) {
    throw new GangwayError('VAULT_DENIED', { cause })
  }
}

/** The SDK hangs the request on its errors, with the data key in the clear. No log may see that. */
function withoutRequest(error: unknown): never {
  if (error instanceof Error) error.cause = error.cause instanceof Error ? new Error(error.cause.message) : undefined
  throw error
}
