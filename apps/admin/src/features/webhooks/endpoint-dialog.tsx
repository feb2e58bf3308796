'use client'

import { WEBHOOK_OVERLAP_HOURS, type WebhookEndpoint } from '@gangway/schemas/webhooks'
import { Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ConfirmForm } from '../records/confirm-form.tsx'
import classes from './delivery-drawer.module.css'
import { EndpointForm } from './endpoint-form.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { useWebhookActions } from './use-webhook-actions.ts'

export type EndpointDialogName = 'edit' | 'rotate' | 'remove'
export type OpenDialog = { name: 'add' } | { name: EndpointDialogName; endpoint: WebhookEndpoint }

const TITLES = { add: 'Add an endpoint', edit: 'Edit the endpoint', rotate: 'Rotate the secret', remove: 'Remove the endpoint' }

export function EndpointDialog({ dialog, onClose }: { dialog: OpenDialog; onClose: () => void }) {
  const showsSecret = dialog.name === 'add' || dialog.name === 'rotate'
  return (
    <Modal
      opened
      onClose={onClose}
      title={TITLES[dialog.name]}
      size="lg"
      closeOnClickOutside={!showsSecret}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes.title }}
    >
      {dialog.name === 'add' ? <Add onClose={onClose} /> : null}
      {dialog.name === 'edit' ? <Edit endpoint={dialog.endpoint} onClose={onClose} /> : null}
      {dialog.name === 'rotate' ? <Rotate endpoint={dialog.endpoint} onClose={onClose} /> : null}
      {dialog.name === 'remove' ? <Remove endpoint={dialog.endpoint} onClose={onClose} /> : null}
    </Modal>
  )
}

interface InsideProps {
  endpoint: WebhookEndpoint
  onClose: () => void
}

function Add({ onClose }: Pick<InsideProps, 'onClose'>) {
  const { create } = useWebhookActions()
  if (create.data) return <SecretPanel secret={create.data.secret} onDone={onClose} />
  return (
    <EndpointForm
      endpoint={undefined}
      submitLabel="Add the endpoint"
      action={create}
      onDismiss={onClose}
      onSubmit={(fields) => create.mutate(fields)}
    />
  )
}

function Edit({ endpoint, onClose }: InsideProps) {
  const { update } = useWebhookActions()
  const kept = { endpointId: endpoint.id, enabled: endpoint.disabledReason === null }
  return (
    <EndpointForm
      endpoint={endpoint}
      submitLabel="Save"
      action={update}
      onDismiss={onClose}
      onSubmit={(fields) => update.mutate({ ...fields, ...kept }, { onSuccess: onClose })}
    />
  )
}

const OVERLAPS: Record<(typeof WEBHOOK_OVERLAP_HOURS)[number], string> = {
  0: 'End the old secret at once',
  24: 'Let both sign for a day',
  168: 'Let both sign for a week',
}

function Rotate({ endpoint, onClose }: InsideProps) {
  const { rotate } = useWebhookActions()
  const [hours, setHours] = useState('24')
  if (rotate.data) return <SecretPanel secret={rotate.data.secret} onDone={onClose} />
  return (
    <ConfirmForm
      confirmLabel="Rotate the secret"
      dismissLabel="Keep it"
      onDismiss={onClose}
      action={rotate}
      onConfirm={() => rotate.mutate({ endpointId: endpoint.id, overlapHours: Number(hours) })}
    >
      <Text size="sm">The endpoint gets a new secret, which is shown once.</Text>
      <Radio.Group label="The old secret" value={hours} onChange={setHours}>
        <Stack gap="xs" mt={6}>
          {WEBHOOK_OVERLAP_HOURS.map((value) => (
            <Radio key={value} value={String(value)} label={OVERLAPS[value]} />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmForm>
  )
}

function Remove({ endpoint, onClose }: InsideProps) {
  const { remove } = useWebhookActions()
  return (
    <ConfirmForm
      confirmLabel="Remove the endpoint"
      dismissLabel="Keep it"
      isDangerous
      onDismiss={onClose}
      action={remove}
      onConfirm={() => remove.mutate({ endpointId: endpoint.id }, { onSuccess: onClose })}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        Nothing more is sent to <strong>{endpoint.url}</strong>. Its secret and its log are deleted; this cannot be undone. To
        pause it, turn it off.
      </Text>
    </ConfirmForm>
  )
}
