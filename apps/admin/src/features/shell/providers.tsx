'use client'

import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ApiAddress } from '../../config.ts'
import { ApiProvider } from '../../trpc/provider.tsx'
import { readableColors, theme } from './theme.ts'

export function Providers({ api, children }: { api: ApiAddress; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableColors} defaultColorScheme="auto">
      <ApiProvider api={api}>{children}</ApiProvider>
    </MantineProvider>
  )
}
