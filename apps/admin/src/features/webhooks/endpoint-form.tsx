'use client'

import {
  WEBHOOK_EVENT_LABELS,
  WEBHOOK_EVENTS,
  type WebhookEndpoint,
  type WebhookEndpointFields,
  webhookEndpointFieldsSchema,
} from '@gangway/schemas/webhooks'
import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmForm } from '../records/confirm-form.tsx'

interface EndpointFormProps {
  /** What is changed; undefined for a new one. */
  endpoint: WebhookEndpoint | undefined
  submitLabel: string
  action: { isPending: boolean; error: unknown }
  onSubmit: (fields: WebhookEndpointFields) => void
  onDismiss: () => void
}

export function EndpointForm({ endpoint, submitLabel, action, onSubmit, onDismiss }: EndpointFormProps) {
  const [url, setUrl] = useState(endpoint?.url ?? '')
  const [description, setDescription] = useState(endpoint?.description ?? '')
  const [events, setEvents] = useState<string[]>(endpoint?.events ?? ['run.succeeded', 'run.failed'])
  const [problems, setProblems] = useState<Partial<Record<string, string>>>({})
  const confirm = () => {
    const parsed = webhookEndpointFieldsSchema.safeParse({ url, description, events })
    setProblems(Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [path[0], message])))
    if (parsed.data) onSubmit(parsed.data)
  }
  return (
    <ConfirmForm confirmLabel={submitLabel} dismissLabel="Cancel" onDismiss={onDismiss} action={action} onConfirm={confirm}>
      <TextInput
        label="Address"
        description="Public, and with https."
        placeholder="https://example.com/webhooks/gangway"
        type="url"
        autoComplete="off"
        required
        data-autofocus
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={problems['url']}
      />
      <TextInput
        label="Description"
        description="What is behind it."
        autoComplete="off"
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={problems['description']}
      />
      <Checkbox.Group label="Events" value={events} onChange={setEvents} error={problems['events']}>
        <Stack gap="xs" mt={6}>
          {WEBHOOK_EVENTS.map((event) => (
            <Checkbox key={event} value={event} label={WEBHOOK_EVENT_LABELS[event]} description={event} />
          ))}
        </Stack>
      </Checkbox.Group>
    </ConfirmForm>
  )
}
