import '@fontsource-variable/inter/wght.css'
import './styles.ts'
import { THEME } from '@gangway/schemas/theme'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { readConfig } from '../config.ts'
import { Providers } from '../features/shell/providers.tsx'

export const metadata: Metadata = {
  title: { default: 'Gangway Staff', template: '%s · Gangway Staff' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: THEME.options.colors.dark[7] },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The API's address belongs to the running server, not to the build.
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
