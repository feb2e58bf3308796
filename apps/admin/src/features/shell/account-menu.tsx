'use client'

import type { Viewer } from '@gangway/schemas/account'
import { Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconLogout, IconSelector } from '@tabler/icons-react'
import { useSignOut } from '../sign-in/use-sign-out.ts'
import classes from './account-menu.module.css'

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  const { signOut, failed } = useSignOut()
  return (
    <Menu position="top-start" width={232} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <VisuallyHidden>Account of</VisuallyHidden>
          <span className={classes.who}>
            <Text size="sm" fw={500} truncate>
              {viewer.name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {viewer.email}
            </Text>
          </span>
          <IconSelector size={16} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />} closeMenuOnClick={false} onClick={signOut}>
          {failed ? 'Sign out failed. Try again' : 'Sign out'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
