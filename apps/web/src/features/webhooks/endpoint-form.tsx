'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import {
  WEBHOOK_EVENT_LABELS,
  WEBHOOK_EVENTS,
  type WebhookEndpoint,
  webhookEndpointFieldsSchema,
} from '@gangway/schemas/webhooks'
import type { WebhookEndpointFields } from '@gangway/schemas/webhooks'
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { Controller, useForm } from 'react-hook-form'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'

interface EndpointFormProps {
  /** What is changed; undefined for a new one. */
  endpoint: WebhookEndpoint | undefined
  submitLabel: string
  action: { isPending: boolean; error: unknown }
  onSubmit: (fields: WebhookEndpointFields) => void
  onCancel: () => void
}

export function EndpointForm({ endpoint, submitLabel, action, onSubmit, onCancel }: EndpointFormProps) {
  const { url = '', description = '', events = ['run.succeeded', 'run.failed'] } = endpoint ?? {}
  const form = useForm({ resolver: zodResolver(webhookEndpointFieldsSchema), defaultValues: { url, description, events } })
  const { errors } = form.formState
  const problem = action.error ? problemOf(action.error) : null
  const isAboutUrl = problem?.code === 'ADDRESS_REFUSED'
  return (
    <form onSubmit={form.handleSubmit(onSubmit)} noValidate>
      <Stack>
        <TextInput
          label="Address"
          description="Public, and with https."
          placeholder="https://example.com/webhooks/gangway"
          type="url"
          inputMode="url"
          autoComplete="off"
          data-autofocus
          error={errors.url?.message ?? (isAboutUrl ? problem.message : undefined)}
          {...form.register('url')}
        />
        <TextInput
          label="Description"
          description="Optional: what is behind it."
          autoComplete="off"
          error={errors.description?.message}
          {...form.register('description')}
        />
        <Controller
          name="events"
          control={form.control}
          render={({ field }) => (
            <Checkbox.Group label="Events" error={errors.events?.message} value={field.value} onChange={field.onChange}>
              <Stack gap="xs" mt={6}>
                {WEBHOOK_EVENTS.map((event) => (
                  <Checkbox key={event} value={event} label={WEBHOOK_EVENT_LABELS[event]} description={event} />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
        />
        {problem && !isAboutUrl && <ProblemAlert problem={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={action.isPending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
