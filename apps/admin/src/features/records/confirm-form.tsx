'use client'

import { Button, Group, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { ProblemNotice } from '../problem/problem-notice.tsx'

interface ConfirmFormProps {
  /** What will happen, and what is needed for it. */
  children: ReactNode
  confirmLabel: string
  /** There is no way back. */
  isDangerous?: boolean
  onConfirm: () => void
  dismissLabel: string
  onDismiss: () => void
  action: { isPending: boolean; error: unknown }
}

/** The inside of a dialog: says what will happen before it does, and afterwards what went wrong. */
export function ConfirmForm(props: ConfirmFormProps) {
  const { children, confirmLabel, isDangerous, onConfirm, dismissLabel, onDismiss, action } = props
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onConfirm()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {children}
        {action.error ? <ProblemNotice error={action.error} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDismiss}>
            {dismissLabel}
          </Button>
          <Button type="submit" loading={action.isPending} {...(isDangerous && { color: 'red.8' })}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
