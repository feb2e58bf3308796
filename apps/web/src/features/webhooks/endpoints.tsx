'use client'

import type { WebhookSecret } from '@gangway/schemas/webhooks'
import { Button, Group, Modal, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { EndpointCard } from './endpoint-card.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { SecretPanel } from './secret-panel.tsx'
import styles from './webhooks.module.css'
import { useWebhooks } from './use-webhooks.ts'

export function Endpoints({ orgId }: { orgId: string }) {
  const endpoints = useQuery(useTRPC().webhooks.list.queryOptions({ orgId }))
  const [isAdding, setAdding] = useState(false)
  return (
    <section aria-labelledby="endpoints">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h3" id="endpoints">
          Endpoints
        </Title>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          Add an endpoint
        </Button>
      </Group>
      {endpoints.isError && (
        <ProblemAlert title="The endpoints could not be loaded" problem={problemOf(endpoints.error)}>
          <Button size="xs" variant="default" onClick={() => void endpoints.refetch()}>
            Try again
          </Button>
        </ProblemAlert>
      )}
      {endpoints.isPending && <Skeleton height={150} />}
      {endpoints.data?.length === 0 && <NoEndpoints />}
      <Stack component="ul" gap="md" className={styles.plain}>
        {endpoints.data?.map((endpoint) => (
          <EndpointCard key={endpoint.id} orgId={orgId} endpoint={endpoint} />
        ))}
      </Stack>
      {isAdding && <AddDialog orgId={orgId} onClose={() => setAdding(false)} />}
    </section>
  )
}

function NoEndpoints() {
  return (
    <Paper withBorder p="xl" ta="center">
      <IconWebhook size={32} stroke={1.4} aria-hidden className={styles.quiet} />
      <Text fw={600} mt="xs">
        No endpoints yet
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        Add the address of a program of yours, and choose what it should hear of.
      </Text>
    </Paper>
  )
}

/** The form, and then the one showing of the secret. */
function AddDialog({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const { create } = useWebhooks()
  const [made, setMade] = useState<WebhookSecret>()
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? 'The endpoint is added' : 'Add an endpoint'}
      size="lg"
      closeOnClickOutside={!made}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: styles.title ?? '' }}
    >
      {made ? (
        <SecretPanel secret={made.secret} onDone={onClose} />
      ) : (
        <EndpointForm
          endpoint={undefined}
          submitLabel="Add the endpoint"
          action={create}
          onCancel={onClose}
          onSubmit={(fields) => create.mutate({ orgId, ...fields }, { onSuccess: setMade })}
        />
      )}
    </Modal>
  )
}
