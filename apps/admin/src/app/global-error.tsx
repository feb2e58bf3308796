'use client'

import './styles.ts'
import { MantineProvider } from '@mantine/core'
import { BrokenPage } from '../features/problem/broken-page.tsx'
import { cssVariables, theme } from '../features/shell/theme.ts'

/** Stands in for the root layout when that itself fails. */
export default function GlobalError({ error }: { error: unknown }) {
  return (
    <html lang="en" data-mantine-color-scheme="light">
      <body>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
          <BrokenPage error={error} />
        </MantineProvider>
      </body>
    </html>
  )
}
