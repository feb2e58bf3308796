'use client'

import { STAGE_LABELS, stageIdSchema } from '@gangway/schemas/provisioning'
import type { RunRow } from '@gangway/schemas/runs'
import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Bullets } from '../records/bullets.tsx'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { reachedStages, retryConsequences } from './consequences.ts'
import type { RunActions } from './use-run-actions.ts'

interface RetryFromFormProps {
  run: RunRow
  action: RunActions['retry']
  onClose: () => void
}

export function RetryFromForm({ run, action, onClose }: RetryFromFormProps) {
  const stages = reachedStages(run)
  const [fromStage, setFromStage] = useState(stages.at(-1))
  const lines = fromStage ? retryConsequences(run, fromStage) : []
  return (
    <ConfirmForm
      confirmLabel="Retry from this stage"
      dismissLabel="Leave it"
      onDismiss={onClose}
      action={action}
      onConfirm={() => fromStage && action.mutate({ runId: run.id, fromStage }, { onSuccess: onClose })}
    >
      <Radio.Group label="Stage" value={fromStage ?? ''} onChange={(value) => setFromStage(stageIdSchema.safeParse(value).data)}>
        <Stack gap="xs" mt={6}>
          {stages.map((stage) => (
            <Radio key={stage} value={stage} label={STAGE_LABELS[stage]} />
          ))}
        </Stack>
      </Radio.Group>
      {lines.length > 0 ? (
        <div role="status">
          <Text size="sm" mb={4}>
            Before the run goes on there:
          </Text>
          <Bullets lines={lines} />
        </div>
      ) : (
        <Text size="sm" role="status">
          Nothing has to be undone for it.
        </Text>
      )}
    </ConfirmForm>
  )
}
