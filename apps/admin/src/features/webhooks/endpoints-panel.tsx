'use client'

import type { WebhookEndpoint } from '@gangway/schemas/webhooks'
import { Button, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { type Column, RecordTable } from '../records/record-table.tsx'
import { EndpointDialog, type OpenDialog } from './endpoint-dialog.tsx'
import { EndpointLabel } from './endpoint-label.tsx'
import { EndpointMenu } from './endpoint-menu.tsx'
import { useWebhookActions } from './use-webhook-actions.ts'

/** The operators' own endpoints: each hears of every organization. */
export function EndpointsPanel() {
  const endpoints = useQuery(useTRPC().admin.webhooks.list.queryOptions())
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const { ping, update } = useWebhookActions()
  const problem = ping.error ?? update.error
  const columns: readonly Column<WebhookEndpoint>[] = [
    { heading: 'Address', width: '34%', cell: (endpoint) => <Address endpoint={endpoint} /> },
    { heading: 'Events', width: '26%', cell: ({ events }) => events.join(', ') },
    { heading: 'State', width: '22%', cell: (endpoint) => <EndpointLabel endpoint={endpoint} /> },
    {
      heading: 'Action',
      width: '18%',
      cell: (endpoint) => (
        <EndpointMenu
          endpoint={endpoint}
          isBusy={[ping, update].some(({ isPending, variables }) => isPending && variables.endpointId === endpoint.id)}
          onPing={() => ping.mutate({ endpointId: endpoint.id })}
          onTurn={(enabled) => update.mutate({ ...endpoint, endpointId: endpoint.id, enabled })}
          onOpen={(name) => setDialog({ name, endpoint })}
        />
      ),
    },
  ]
  return (
    <section aria-labelledby="endpoints">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="endpoints">
          Your endpoints
        </Title>
        <Button onClick={() => setDialog({ name: 'add' })}>Add an endpoint</Button>
      </Group>
      {endpoints.error ? <ProblemNotice error={endpoints.error} retry={() => void endpoints.refetch()} /> : null}
      {problem ? <ProblemNotice error={problem} /> : null}
      <Text role="status" size="sm" c="dimmed">
        {ping.isSuccess ? 'The test is on its way: see the deliveries.' : ''}
      </Text>
      {endpoints.data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet. Add the address of a program that should hear of every organization.
        </Text>
      ) : (
        <RecordTable label="Your endpoints" columns={columns} rows={endpoints.data} rowKey={({ id }) => id} />
      )}
      {dialog ? <EndpointDialog dialog={dialog} onClose={() => setDialog(null)} /> : null}
    </section>
  )
}

function Address({ endpoint: { url, description } }: { endpoint: WebhookEndpoint }) {
  return (
    <>
      {url}
      {description ? (
        <Text span display="block" size="xs" c="dimmed">
          {description}
        </Text>
      ) : null}
    </>
  )
}
