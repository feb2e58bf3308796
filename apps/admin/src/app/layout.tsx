import '@fontsource-variable/inter/wght.css'
import '../features/shell/styles.ts'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { readConfig } from '../config.ts'
import { Providers } from '../features/shell/providers.tsx'

export const metadata: Metadata = {
  title: { default: 'Gangway Staff', template: '%s · Gangway Staff' },
  robots: { index: false, follow: false },
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection()
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <Providers api={readConfig().api}>{children}</Providers>
      </body>
    </html>
  )
}
