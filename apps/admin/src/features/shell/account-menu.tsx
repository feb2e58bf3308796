'use client'

import type { Viewer } from '@gangway/schemas/account'
import { Menu, Text, UnstyledButton } from '@mantine/core'
import { IconLogout, IconSelector } from '@tabler/icons-react'
import { useSignOut } from '../sign-in/use-sign-out.ts'
import classes from './account-menu.module.css'

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  const signOut = useSignOut()
  return (
    <Menu position="top-start" width={232} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={`Account of ${viewer.email}`}>
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
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
