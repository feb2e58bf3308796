import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './settings.module.css'

interface SettingsDialogProps {
  title: string
  onClose: () => void
  /** For what must not be lost by a click beside it. */
  isSticky?: boolean
  children: ReactNode
}

export function SettingsDialog({ title, onClose, isSticky = false, children }: SettingsDialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={!isSticky}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: styles.title ?? '' }}
    >
      {children}
    </Modal>
  )
}
