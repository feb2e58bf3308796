'use client'

import type { Viewer } from '@gangway/schemas/account'
import { Button, Menu, Text } from '@mantine/core'
import { IconChevronDown, IconLogout, IconUser } from '@tabler/icons-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useApiOrigin } from '../shell/api-origin.ts'
import { answers } from '../questionnaire/answers.ts'
import { unsavedSteps } from '../questionnaire/answers-store.ts'
import { signOut } from './sign-out.ts'
import styles from './user-menu.module.css'

/** Fetched by the few who leave with something unsaved. */
const UnsavedDialog = dynamic(() => import('./unsaved-dialog.tsx').then((module) => module.UnsavedDialog), { ssr: false })

export function UserMenu({ viewer }: { viewer: Viewer }) {
  const origin = useApiOrigin()
  const [isAsking, setAsking] = useState(false)
  const leave = () => void signOut(origin)

  async function onSignOut() {
    await answers.hydrate()
    if (unsavedSteps(answers.snapshot()).length > 0) setAsking(true)
    else leave()
  }

  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="subtle" color="gray" px="xs" className={styles.button} aria-label={`Account of ${viewer.name}`}>
            <span className={styles.name}>{viewer.name}</span>
            <IconChevronDown size={14} aria-hidden className={styles.chevron} />
            <IconUser size={18} aria-hidden className={styles.icon} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Text size="sm" px="sm" pt={6} truncate>
            {viewer.name}
          </Text>
          <Text size="xs" c="dimmed" px="sm" pb={6} truncate>
            {viewer.email}
          </Text>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void onSignOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isAsking && <UnsavedDialog onStay={() => setAsking(false)} onLeave={leave} />}
    </>
  )
}
