'use client'

import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconUser } from '@tabler/icons-react'
import type { ComponentPropsWithRef } from 'react'
import styles from './account-button.module.css'

export function AccountButton({ name, ...props }: { name: string } & ComponentPropsWithRef<'button'>) {
  return (
    <UnstyledButton {...props} aria-haspopup="menu" aria-label={`Account of ${name}`} className={styles.button}>
      <span className={styles.name}>{name}</span>
      <IconChevronDown size={14} aria-hidden className={styles.chevron} />
      <IconUser size={18} aria-hidden className={styles.icon} />
    </UnstyledButton>
  )
}
