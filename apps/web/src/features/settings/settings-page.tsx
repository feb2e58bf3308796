'use client'

import type { Organization } from '@gangway/schemas/organizations'
import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'
import styles from './settings.module.css'

const PAGES = [
  { label: 'Pipelines', href: paths.pipelines() },
  { label: 'Integrations', href: paths.integrations() },
  { label: 'API keys', href: paths.keys() },
  { label: 'Quotas', href: paths.quotas() },
  { label: 'Webhooks', href: paths.webhooks() },
] as const

type SettingsTitle = (typeof PAGES)[number]['label']

interface SettingsPageProps {
  title: SettingsTitle
  summary: string
  /** Whether members see it, or only owners and admins. */
  forMembers: boolean
  children: (organization: Organization) => ReactNode
}

/** The frame of an organization's settings: where else one can go, and which organization it is about. */
export function SettingsPage({ title, summary, forMembers, children }: SettingsPageProps) {
  return (
    <SignedInPage width="wide">
      <Anchor component={Link} href={paths.home()} size="sm">
        <Group gap={6} component="span" display="inline-flex">
          <IconArrowLeft size={16} aria-hidden />
          Home
        </Group>
      </Anchor>
      <nav aria-label="Settings" className={styles.nav}>
        {PAGES.map(({ label, href }) => (
          <Link key={href} href={href} className={styles.tab} aria-current={label === title ? 'page' : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      <Title order={1}>{title}</Title>
      <Text c="dimmed" mt={6} mb="xl">
        {summary}
      </Text>
      <Content forMembers={forMembers}>{children}</Content>
    </SignedInPage>
  )
}

function Content({ forMembers, children }: Pick<SettingsPageProps, 'forMembers' | 'children'>) {
  const organizations = useQuery(useTRPC().organizations.mine.queryOptions())
  if (organizations.isLoadingError) {
    return (
      <ProblemAlert title="This page could not be loaded" problem={problemOf(organizations.error)}>
        <Button size="xs" variant="default" onClick={() => void organizations.refetch()}>
          Try again
        </Button>
      </ProblemAlert>
    )
  }
  if (!organizations.data) return <Skeleton height={220} />
  const ready = organizations.data.filter(({ status, role }) => status === 'onboarded' && (forMembers || role !== 'member'))
  if (ready.length > 0) return <Chosen organizations={ready}>{children}</Chosen>
  return (
    <Text>
      {forMembers
        ? 'You will find this here as soon as an organization of yours is set up.'
        : 'Owners and admins of an organization look after this. You will find it here once you are one of them.'}
    </Text>
  )
}

function Chosen({ organizations, children }: { organizations: Organization[]; children: SettingsPageProps['children'] }) {
  const [id, setId] = useState(organizations[0]?.id)
  const organization = organizations.find((each) => each.id === id) ?? organizations[0]
  if (!organization) return null
  return (
    <Stack gap="2rem">
      {organizations.length > 1 && (
        <NativeSelect
          label="Organization"
          maw="24rem"
          value={organization.id}
          onChange={(event) => setId(event.currentTarget.value)}
          data={organizations.map(({ id: value, name }) => ({ value, label: name }))}
        />
      )}
      <Stack key={organization.id} gap="2.5rem">
        {children(organization)}
      </Stack>
    </Stack>
  )
}
