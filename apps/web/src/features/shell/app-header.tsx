'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { AccountCorner } from '../account/account-corner.tsx'
import { Brand } from './brand.tsx'
import { ColorSchemeSwitch } from './color-scheme-switch.tsx'
import styles from './app-header.module.css'

/** The same on every page of somebody who is signed in. */
export function AppHeader({ children }: { children?: ReactNode }) {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Anchor component={Link} href={paths.home()} underline="never" c="inherit" aria-label="Gangway, home">
          <Brand />
        </Anchor>
        <div className={styles.end}>
          {children}
          <AccountCorner />
          <ColorSchemeSwitch />
        </div>
      </div>
    </header>
  )
}
