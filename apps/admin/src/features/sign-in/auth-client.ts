import { createAuthClient } from 'better-auth/client'

/** Accounts and sessions live in the API; its cookie goes along with every call. */
export function authClient(origin: string) {
  return createAuthClient({ baseURL: origin, basePath: '/api/auth', fetchOptions: { credentials: 'include' } })
}
