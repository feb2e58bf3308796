import './styles.ts'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { readConfig } from '../config.ts'
import { Providers } from '../features/shell/providers.tsx'
import { inter } from './fonts.ts'

export const metadata: Metadata = {
  title: { template: '%s · Gangway', default: 'Gangway' },
  description: 'From sign-up to a working tenant.',
  robots: { index: false },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#17181b' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The API's address belongs to the running server, not to the build.
  await connection()
  const { api } = readConfig()
  return (
    <html lang="en" className={inter.variable} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <Providers api={api}>{children}</Providers>
      </body>
    </html>
  )
}
