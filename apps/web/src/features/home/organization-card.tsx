'use client'

import type { Organization } from '@gangway/schemas/organizations'
import { PLANS } from '@gangway/schemas/plans'
import type { RunView } from '@gangway/schemas/provisioning'
import { Anchor, Badge, Code, Group, Paper, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import styles from './organization-card.module.css'

const STATUS_LABELS = { provisioning: 'Being set up', onboarded: 'Ready', abandoned: 'Given up' } as const
const ROLE_LABELS = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const

/** `run` is the one that made the organization, where it was this person's. */
export function OrganizationCard({ organization, run }: { organization: Organization; run: RunView | undefined }) {
  const { id, name, slug, status, role, plan, workspace } = organization
  return (
    <Paper component="section" aria-labelledby={`org-${id}`} withBorder p="xl">
      <Group justify="space-between">
        <div>
          <Text size="sm" c="dimmed" fw={500}>
            Your organization
          </Text>
          <Title order={2} size="h3" id={`org-${id}`} mt={4}>
            {name}
          </Title>
        </div>
        <Badge variant="light" color={status === 'onboarded' ? 'green' : 'gray'} className={styles.badge}>
          {STATUS_LABELS[status]}
        </Badge>
      </Group>
      <dl className={styles.facts}>
        <Fact name="Slug" value={<Code>{slug}</Code>} />
        <Fact name="Plan" value={plan ? PLANS[plan].name : 'None'} />
        <Fact name="Workspace" value={workspace ? <Code>{workspace}</Code> : 'Not made yet'} />
        <Fact name="Your role" value={ROLE_LABELS[role]} />
      </dl>
      {run && role === 'owner' && (
        <Anchor component={Link} href={paths.success(run.checkoutSessionId)} size="sm" mr="lg">
          Setup and API key
        </Anchor>
      )}
      {status === 'onboarded' && (
        <Anchor component={Link} href={paths.pipelines()} size="sm" mr="lg">
          Pipelines and settings
        </Anchor>
      )}
      {role !== 'member' && status === 'onboarded' && (
        <Anchor component={Link} href={paths.webhooks()} size="sm">
          Webhooks
        </Anchor>
      )}
    </Paper>
  )
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
