'use client'

import type { Viewer } from '@gangway/schemas/account'
import { Menu, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useApiOrigin } from '../shell/api-origin.ts'
import { outbox } from '../offline/outbox.ts'
import { answers } from '../questionnaire/answers.ts'
import { unsavedSteps } from '../questionnaire/answers-store.ts'
import { AccountButton } from './account-button.tsx'
import { signOut } from './sign-out.ts'

/** Fetched by the few who leave with something unsaved. */
const UnsavedDialog = dynamic(() => import('./unsaved-dialog.tsx').then((module) => module.UnsavedDialog), { ssr: false })

/** Opens as soon as it is there: it is fetched when somebody asks for it. */
export function UserMenu({ viewer }: { viewer: Viewer }) {
  const origin = useApiOrigin()
  const [isAsking, setAsking] = useState(false)
  const leave = () => void signOut(origin)

  async function onSignOut() {
    const [saves] = await Promise.all([outbox.load(), answers.hydrate()])
    const isUnsent = saves.some(({ state }) => state !== 'sent') || unsavedSteps(answers.snapshot()).length > 0
    if (isUnsent) setAsking(true)
    else leave()
  }

  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false} defaultOpened>
        <Menu.Target>
          <AccountButton name={viewer.name} />
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
