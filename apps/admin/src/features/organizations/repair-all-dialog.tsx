'use client'

import { Modal, Text } from '@mantine/core'
import { ConfirmForm } from '../records/confirm-form.tsx'

interface RepairAllDialogProps {
  opened: boolean
  onClose: () => void
  action: { isPending: boolean; error: unknown; mutate: () => void }
}

export function RepairAllDialog({ opened, onClose, action }: RepairAllDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Repair all organizations"
      closeButtonProps={{ 'aria-label': 'Close' }}
      centered
    >
      <ConfirmForm
        confirmLabel="Repair all"
        onConfirm={() => action.mutate()}
        dismissLabel="Not now"
        onDismiss={onClose}
        action={action}
      >
        <Text size="sm">
          Every organization is examined, and what it lacks is made: tables and their columns, views, rows of the meta tables,
          starter kits, an API key where none works, and a new workspace where the old one is gone. What holds data of another
          type stays as it is.
        </Text>
      </ConfirmForm>
    </Modal>
  )
}
