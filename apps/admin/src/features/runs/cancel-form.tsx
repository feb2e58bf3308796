'use client'

import type { RunRow } from '@gangway/schemas/runs'
import { cancelRunInputSchema } from '@gangway/schemas/runs'
import { Textarea, Text } from '@mantine/core'
import { useState } from 'react'
import { ConfirmForm } from '../records/confirm-form.tsx'
import type { RunActions } from './use-run-actions.ts'

interface CancelFormProps {
  run: RunRow
  action: RunActions['cancel']
  onClose: () => void
}

export function CancelForm({ run, action, onClose }: CancelFormProps) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const confirm = () => {
    const input = cancelRunInputSchema.safeParse({ runId: run.id, reason })
    setProblem(input.error?.issues[0]?.message)
    if (input.data) action.mutate(input.data, { onSuccess: onClose })
  }
  return (
    <ConfirmForm
      confirmLabel="Cancel the run"
      dismissLabel="Keep it"
      onDismiss={onClose}
      isDangerous
      action={action}
      onConfirm={confirm}
    >
      <Text size="sm">
        The run of <code>{run.slug}</code> is given up: nothing takes it up again, and the customer is told that the setup was
        cancelled. What it made stays, and nothing is refunded, until the run is rolled back.
      </Text>
      <Textarea
        label="Reason"
        description="For the journal and the audit log."
        required
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={problem}
      />
    </ConfirmForm>
  )
}
