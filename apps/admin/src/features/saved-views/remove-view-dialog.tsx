'use client'

import type { SavedView, SavedViewPage } from '@gangway/schemas/saved-views'
import { Modal, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { useSavedViews } from './use-saved-views.ts'

interface RemoveViewDialogProps {
  page: SavedViewPage
  own: readonly SavedView[]
  onClose: () => void
}

export function RemoveViewDialog({ page, own, onClose }: RemoveViewDialogProps) {
  const { remove } = useSavedViews(page)
  const [id, setId] = useState(own[0]?.id ?? '')
  return (
    <Modal opened onClose={onClose} title="Remove a view" closeButtonProps={{ 'aria-label': 'Close' }}>
      <ConfirmForm
        confirmLabel="Remove the view"
        dismissLabel="Keep it"
        isDangerous
        onDismiss={onClose}
        onConfirm={() => remove.mutate({ id }, { onSuccess: onClose })}
        action={remove}
      >
        <Radio.Group label="Which one" description="What it shows stays; only its name is gone." value={id} onChange={setId}>
          <Stack gap="xs" mt={6}>
            {own.map((view) => (
              <Radio key={view.id} value={view.id} label={view.shared ? `${view.name} (shared)` : view.name} />
            ))}
          </Stack>
        </Radio.Group>
      </ConfirmForm>
    </Modal>
  )
}
