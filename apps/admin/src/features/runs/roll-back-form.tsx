'use client'

import type { RunRow } from '@gangway/schemas/runs'
import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Bullets } from '../records/bullets.tsx'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { rollBackConsequences } from './consequences.ts'
import { rollBackLabel } from './roll-back-label.ts'
import type { RunActions } from './use-run-actions.ts'

interface RollBackFormProps {
  run: RunRow
  action: RunActions['rollBack']
  onClose: () => void
}

export function RollBackForm({ run, action, onClose }: RollBackFormProps) {
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const confirm = () => {
    const right = typed.trim() === run.slug
    setWrong(!right)
    if (right) action.mutate({ runId: run.id }, { onSuccess: onClose })
  }
  return (
    <ConfirmForm
      confirmLabel={rollBackLabel(run)}
      dismissLabel="Leave it"
      onDismiss={onClose}
      isDangerous
      action={action}
      onConfirm={confirm}
    >
      <Text size="sm">This cannot be undone. In this order:</Text>
      <Bullets lines={rollBackConsequences(run)} />
      <TextInput
        label={`Type ${run.slug} to go on`}
        required
        data-autofocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={isWrong ? 'This is not the slug of the run.' : undefined}
      />
    </ConfirmForm>
  )
}
