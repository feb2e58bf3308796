'use client'

import { WEBHOOK_OVERLAP_HOURS, type WebhookEndpoint } from '@gangway/schemas/webhooks'
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { SecretPanel } from './secret-panel.tsx'
import { useWebhooks } from './use-webhooks.ts'
import styles from './webhooks.module.css'

export type EndpointDialogName = 'edit' | 'rotate' | 'remove'

interface EndpointDialogProps {
  name: EndpointDialogName
  orgId: string
  endpoint: WebhookEndpoint
  onClose: () => void
}

const TITLES = { edit: 'Edit the endpoint', rotate: 'Rotate the secret', remove: 'Remove the endpoint' } as const
const INSIDES = { edit: Edit, rotate: Rotate, remove: Remove } as const

export function EndpointDialog({ name, ...props }: EndpointDialogProps) {
  const Inside = INSIDES[name]
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={TITLES[name]}
      size="lg"
      closeOnClickOutside={name !== 'rotate'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: styles.title ?? '' }}
    >
      <Inside {...props} />
    </Modal>
  )
}

type InsideProps = Omit<EndpointDialogProps, 'name'>

function Edit({ orgId, endpoint, onClose }: InsideProps) {
  const { update } = useWebhooks()
  return (
    <EndpointForm
      endpoint={endpoint}
      submitLabel="Save"
      action={update}
      onCancel={onClose}
      onSubmit={(fields) =>
        update.mutate(
          { orgId, endpointId: endpoint.id, ...fields, enabled: endpoint.disabledReason === null },
          { onSuccess: onClose },
        )
      }
    />
  )
}

const OVERLAPS: Record<(typeof WEBHOOK_OVERLAP_HOURS)[number], string> = {
  0: 'End the old secret at once',
  24: 'Let both sign for a day',
  168: 'Let both sign for a week',
}

function Rotate({ orgId, endpoint, onClose }: InsideProps) {
  const { rotate } = useWebhooks()
  const [hours, setHours] = useState('24')
  if (rotate.data) return <SecretPanel secret={rotate.data.secret} onDone={onClose} />
  return (
    <Stack>
      <Text size="sm">
        The endpoint gets a new secret. Put it into your program while both sign. If the old one was stolen, end it at once: until
        your program has the new one, it will refuse our messages, and we send them again.
      </Text>
      <Radio.Group label="The old secret" value={hours} onChange={setHours}>
        <Stack gap="xs" mt={6}>
          {WEBHOOK_OVERLAP_HOURS.map((value) => (
            <Radio key={value} value={String(value)} label={OVERLAPS[value]} />
          ))}
        </Stack>
      </Radio.Group>
      {rotate.error && <ProblemAlert problem={problemOf(rotate.error)} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          loading={rotate.isPending}
          onClick={() => rotate.mutate({ orgId, endpointId: endpoint.id, overlapHours: Number(hours) })}
        >
          Rotate the secret
        </Button>
      </Group>
    </Stack>
  )
}

function Remove({ orgId, endpoint, onClose }: InsideProps) {
  const { remove } = useWebhooks()
  return (
    <Stack>
      <Text size="sm">
        Nothing more is sent to <strong style={{ overflowWrap: 'anywhere' }}>{endpoint.url}</strong>. Its secret and its log are
        deleted; this cannot be undone. To pause it, turn it off.
      </Text>
      {remove.error && <ProblemAlert problem={problemOf(remove.error)} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button
          color="red.8"
          loading={remove.isPending}
          onClick={() => remove.mutate({ orgId, endpointId: endpoint.id }, { onSuccess: onClose })}
        >
          Remove the endpoint
        </Button>
      </Group>
    </Stack>
  )
}
