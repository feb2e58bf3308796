'use client'

import type { AppRouter } from '@gangway/api/router'
import { QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { type ReactNode, useState } from 'react'
import superjson from 'superjson'
import type { ApiAddress } from '../config.ts'
import { apiUrl } from './address.ts'
import { AuthProvider, createAuth } from './auth.ts'
import { TRPCProvider } from './client.ts'
import { createQueryClient } from './query-client.ts'

/** The API, the session and the query cache, for everything below. */
export function ApiProvider({ api, children }: { api: ApiAddress; children: ReactNode }) {
  const [{ auth, queryClient, trpcClient }] = useState(() => connect(apiUrl(api)))
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <AuthProvider value={auth}>{children}</AuthProvider>
      </TRPCProvider>
    </QueryClientProvider>
  )
}

function connect(url: string) {
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${url}/trpc`,
        transformer: superjson,
        fetch: (input, init) => fetch(input, { ...init, credentials: 'include' }),
      }),
    ],
  })
  const queryClient = createQueryClient((client) => {
    const trpc = createTRPCOptionsProxy<AppRouter>({ client: trpcClient, queryClient: client })
    void client.invalidateQueries(trpc.account.me.queryFilter())
  })
  return { auth: createAuth(url), queryClient, trpcClient }
}
