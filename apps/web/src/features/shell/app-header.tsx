'use client'

import { Anchor, Skeleton } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { UserMenu } from '../account/user-menu.tsx'
import { useViewer } from '../account/use-viewer.ts'
import { Brand } from './brand.tsx'
import { ColorSchemeSwitch } from './color-scheme-switch.tsx'
import styles from './app-header.module.css'

/** The same on every page of somebody who is signed in. */
export function AppHeader({ children }: { children?: ReactNode }) {
  const { data: viewer } = useViewer()
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Anchor component={Link} href={paths.home()} underline="never" c="inherit" aria-label="Gangway, home">
          <Brand />
        </Anchor>
        <div className={styles.end}>
          {children}
          <ColorSchemeSwitch />
          {viewer ? <UserMenu viewer={viewer} /> : <Skeleton height={20} width={96} mx="xs" />}
        </div>
      </div>
    </header>
  )
}
