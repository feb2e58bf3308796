import type { AppRouter } from '@gangway/api/router'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import superjson from 'superjson'
import type { ApiAddress } from '../config.ts'

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>()

export type ApiClient = TRPCClient<AppRouter>

/** The API's origin as this browser reaches it. */
export function apiOrigin({ publicUrl, port }: ApiAddress): string {
  if (publicUrl) return publicUrl
  // Nothing is asked while a page is rendered on the server: there, any origin does.
  if (typeof window === 'undefined') return `http://localhost:${port}`
  return `${window.location.protocol}//${window.location.hostname}:${port}`
}

/** Calls are batched; subscriptions are one stream of server-sent events each. */
export function createApiClient(origin: string): ApiClient {
  const url = `${origin}/trpc`
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson, eventSourceOptions: { withCredentials: true } }),
        false: httpBatchLink({
          url,
          transformer: superjson,
          maxItems: 10,
          fetch: (input, init) => fetch(input, { ...init, credentials: 'include' }),
        }),
      }),
    ],
  })
}
