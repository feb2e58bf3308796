'use client'

import type { ExaminedOrganization } from '@gangway/schemas/doctor'
import { Button, Code, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Moment } from '../shell/moment.tsx'
import { Findings } from './findings.tsx'
import { HealthLabel } from './health-label.tsx'
import { useDoctor } from './use-doctor.ts'

interface OrganizationDrawerProps {
  opened: boolean
  /** undefined when the address names one that is not on the pages that are loaded. */
  organization: ExaminedOrganization | undefined
  onClose: () => void
}

export function OrganizationDrawer({ opened, organization, onClose }: OrganizationDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(100%, 36rem)"
      title={organization?.name ?? 'Organization not found'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {organization ? (
        <Examination key={organization.orgId} organization={organization} />
      ) : (
        <Text size="sm">It is not among the organizations that are shown. Clear the filters, or load more.</Text>
      )}
    </Drawer>
  )
}

function Examination({ organization }: { organization: ExaminedOrganization }) {
  const { examine, repair } = useDoctor()
  const { orgId, health, findings, workspace, examinedAt, errorId } = organization
  const canRepair = findings.some(({ repairable }) => repairable)
  const repaired = repair.data?.repaired ?? []
  return (
    <Stack>
      <Group justify="space-between" role="status">
        <HealthLabel health={health} />
        {examinedAt ? (
          <Text size="xs" c="dimmed">
            Examined <Moment at={examinedAt} />
          </Text>
        ) : null}
      </Group>
      {workspace ? (
        <Text size="sm">
          Workspace <Code>{workspace}</Code>
        </Text>
      ) : null}
      {health === 'unknown' ? (
        <Text size="sm">
          It could not be looked at. The log says why under <Code>{errorId}</Code>.
        </Text>
      ) : null}
      {findings.length > 0 ? (
        <div>
          <Title order={3} size="h6" mb="xs">
            What differs from the plan
          </Title>
          <Findings label="What differs from the plan" findings={findings} />
        </div>
      ) : null}
      {repaired.length > 0 ? (
        <div>
          <Title order={3} size="h6" mb="xs">
            Repaired just now
          </Title>
          <Findings label="Repaired just now" findings={repaired} />
        </div>
      ) : null}
      {canRepair ? (
        <Text size="sm" c="dimmed">
          A repair makes what is missing and touches nothing else. A new API key can be shown to the owner for two hours; a
          workspace that is gone is made anew, and empty.
        </Text>
      ) : null}
      {examine.error ? <ProblemNotice error={examine.error} /> : null}
      {repair.error ? <ProblemNotice error={repair.error} /> : null}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" loading={examine.isPending} onClick={() => examine.mutate({ orgId })}>
          Examine
        </Button>
        {canRepair ? (
          <Button loading={repair.isPending} onClick={() => repair.mutate({ orgId })}>
            Repair
          </Button>
        ) : null}
      </Group>
    </Stack>
  )
}
