'use client'

import { type Integration, PROVIDER_IDS } from '@gangway/schemas/integrations'
import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { IntegrationCard } from './integration-card.tsx'
import { LoadProblem } from './load-problem.tsx'
import { SettingsPage } from './settings-page.tsx'
import styles from './settings.module.css'

export function IntegrationsPage() {
  return (
    <SettingsPage
      title="Integrations"
      summary="Connect the providers that you use, and their usage and cost come into your workspace."
      forMembers={false}
    >
      {({ id }) => <Integrations orgId={id} />}
    </SettingsPage>
  )
}

function Integrations({ orgId }: { orgId: string }) {
  const integrations = useQuery(useTRPC().integrations.list.queryOptions({ orgId }))
  if (integrations.isLoadingError) return <LoadProblem title="The integrations could not be loaded" query={integrations} />
  if (!integrations.data) return <Skeleton height={420} />
  const connected = (provider: Integration['provider']) => integrations.data.find((each) => each.provider === provider)
  return (
    <Stack component="ul" gap="md" className={styles.plain} aria-label="Providers">
      {PROVIDER_IDS.map((provider) => (
        <IntegrationCard key={provider} orgId={orgId} provider={provider} integration={connected(provider)} />
      ))}
    </Stack>
  )
}
