'use client'

import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { ApiAddress } from '../../config.ts'
import { apiOrigin, createApiClient, TRPCProvider } from '../../trpc/client.ts'
import { createQueryClient } from '../../trpc/query-client.ts'
import { ApiOriginContext } from './api-origin.ts'
import { cssVariables, theme } from './theme.ts'

/** What every page stands on: the look, the server's state, and the way to the API. */
export function Providers({ api, children }: { api: ApiAddress; children: ReactNode }) {
  const [{ origin, trpcClient, queryClient }] = useState(() => {
    const origin = apiOrigin(api)
    const trpcClient = createApiClient(origin)
    return { origin, trpcClient, queryClient: createQueryClient(trpcClient) }
  })
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ApiOriginContext value={origin}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
            {children}
          </TRPCProvider>
        </QueryClientProvider>
      </ApiOriginContext>
    </MantineProvider>
  )
}
