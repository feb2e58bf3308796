'use client'

import { Skeleton } from '@mantine/core'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { whyUnanswered } from '../../trpc/until-answered.ts'
import styles from './account-corner.module.css'
import { AccountButton } from './account-button.tsx'
import { useViewer } from './use-viewer.ts'

const loadMenu = () => import('./user-menu.tsx').then((module) => module.UserMenu)
const UserMenu = dynamic(loadMenu, { ssr: false, loading: () => <WaitingButton /> })

/** Whose account this is. The menu behind it is fetched on the way to it: most visits never open it. */
export function AccountCorner() {
  const viewing = useViewer()
  const viewer = viewing.data
  const isComing = viewing.fetchStatus === 'fetching' && !whyUnanswered(viewing)
  const [isWanted, setWanted] = useState(false)
  return (
    <div className={styles.corner}>
      {!viewer && isComing && <Skeleton height={20} width="70%" mx="xs" />}
      {viewer && isWanted && <UserMenu viewer={viewer} />}
      {viewer && !isWanted && (
        <AccountButton
          name={viewer.name}
          onPointerEnter={() => void loadMenu()}
          onFocus={() => void loadMenu()}
          onClick={() => setWanted(true)}
        />
      )}
    </div>
  )
}

function WaitingButton() {
  const { data: viewer } = useViewer()
  return <AccountButton name={viewer?.name ?? ''} aria-busy />
}
