'use client'

import { Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { ColorSchemeSwitch } from '../shell/color-scheme-switch.tsx'
import { Brand } from '../shell/brand.tsx'
import styles from './auth-card.module.css'

/** One calm card in the middle of the page. */
export function AuthCard({
  title,
  lead,
  children,
  footer,
}: {
  title: string
  lead?: string
  children: ReactNode
  footer: ReactNode
}) {
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Anchor component={Link} href={paths.home()} underline="never" c="inherit" aria-label="Gangway, home">
          <Brand />
        </Anchor>
        <ColorSchemeSwitch />
      </header>
      <main className={styles.main}>
        <Paper withBorder p={{ base: 'lg', xs: 'xl' }} className={styles.card}>
          <Stack gap="lg">
            <div>
              <Title order={1} size="h2">
                {title}
              </Title>
              {lead && (
                <Text c="dimmed" mt={6}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <Text size="sm" c="dimmed" ta="center" mt="lg">
          {footer}
        </Text>
      </main>
    </div>
  )
}
