'use client'

import { type SavedView, savedViewNameSchema, type SavedViewPage } from '@gangway/schemas/saved-views'
import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { useSavedViews } from './use-saved-views.ts'

interface SaveViewDialogProps {
  page: SavedViewPage
  search: string
  own: readonly SavedView[]
  /** The view that is open. */
  current: SavedView | undefined
  onClose: () => void
}

export function SaveViewDialog({ page, search, own, current, onClose }: SaveViewDialogProps) {
  const { save } = useSavedViews(page)
  const [name, setName] = useState(current?.own ? current.name : '')
  const [shared, setShared] = useState(current?.own ? current.shared : false)
  const [isTried, setIsTried] = useState(false)
  const checked = savedViewNameSchema.safeParse(name)
  const replaced = own.find((view) => view.name === name.trim())
  const submit = () => {
    setIsTried(true)
    if (checked.success) save.mutate({ page, name: checked.data, query: search, shared }, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title="Save this view" closeButtonProps={{ 'aria-label': 'Close' }}>
      <ConfirmForm
        confirmLabel={replaced ? 'Replace the view' : 'Save the view'}
        dismissLabel="Cancel"
        onDismiss={onClose}
        onConfirm={submit}
        action={save}
      >
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            description={
              replaced ? 'You have a view of this name: it is replaced.' : 'What the filters let through is kept under it.'
            }
            error={isTried ? checked.error?.issues[0]?.message : undefined}
          />
          <Checkbox
            label="Share it with all admins"
            description="They can open it; only you can change or remove it."
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        </Stack>
      </ConfirmForm>
    </Modal>
  )
}
