'use client'

import type { Viewer } from '@gangway/schemas/account'
import { AppShell, Burger, Group, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { ColorSchemeSwitch } from './color-scheme-switch.tsx'
import { Navigation } from './navigation.tsx'
import classes from './staff-shell.module.css'

const NAVBAR_ID = 'navigation'
const CONTENT_ID = 'content'

/** `viewer` is null while nobody knows yet who looks: the frame stands, so that nothing jumps. */
export function StaffShell({ viewer, children }: { viewer: Viewer | null; children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <AppShell
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a className={classes.skip} href={`#${CONTENT_ID}`}>
        Skip to content
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.bar}>
        <Group h="100%" px="md" gap="sm">
          <Burger
            opened={opened}
            onClick={toggle}
            size="sm"
            aria-label={opened ? 'Close navigation' : 'Open navigation'}
            aria-expanded={opened}
            aria-controls={NAVBAR_ID}
          />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar id={NAVBAR_ID} aria-label="Main" p="sm" className={classes.navbar} data-opened={opened || undefined}>
        <AppShell.Section px="xs" py="sm" visibleFrom="sm">
          <Brand />
        </AppShell.Section>
        <AppShell.Section grow mt="sm" className={classes.places}>
          <Navigation onNavigate={close} />
        </AppShell.Section>
        <AppShell.Section>
          <Group wrap="nowrap" gap="xs">
            {viewer ? <AccountMenu viewer={viewer} /> : <Skeleton h={44} />}
            <ColorSchemeSwitch />
          </Group>
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id={CONTENT_ID} tabIndex={-1} className={classes.main}>
        <div className={classes.content}>{children}</div>
      </AppShell.Main>
    </AppShell>
  )
}
