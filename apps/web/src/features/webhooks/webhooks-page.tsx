'use client'

import type { Organization } from '@gangway/schemas/organizations'
import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'
import { Deliveries } from './deliveries.tsx'
import { Endpoints } from './endpoints.tsx'

/** Where an organization wants its programs to be told. */
export function WebhooksPage() {
  return (
    <SignedInPage width="wide">
      <Anchor component={Link} href={paths.home()} size="sm">
        <Group gap={6} component="span" display="inline-flex">
          <IconArrowLeft size={16} aria-hidden />
          Home
        </Group>
      </Anchor>
      <Title order={1} mt="lg">
        Webhooks
      </Title>
      <Text c="dimmed" mt={6} mb="xl">
        Gangway posts to an address of yours when something happens, signed so that you can tell that it is us.
      </Text>
      <Content />
    </SignedInPage>
  )
}

function Content() {
  const organizations = useQuery(useTRPC().organizations.mine.queryOptions())
  if (organizations.isError) {
    return (
      <ProblemAlert title="This page could not be loaded" problem={problemOf(organizations.error)}>
        <Button size="xs" variant="default" onClick={() => void organizations.refetch()}>
          Try again
        </Button>
      </ProblemAlert>
    )
  }
  if (!organizations.data) return <Skeleton height={220} />
  const managed = organizations.data.filter(({ role }) => role !== 'member')
  return managed.length > 0 ? <Managed organizations={managed} /> : <NothingToManage />
}

function Managed({ organizations }: { organizations: Organization[] }) {
  const [chosen, setChosen] = useState(organizations[0]?.id ?? '')
  return (
    <Stack gap="2.5rem">
      {organizations.length > 1 && (
        <NativeSelect
          label="Organization"
          maw="24rem"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Endpoints key={`endpoints-${chosen}`} orgId={chosen} />
      <Deliveries key={`deliveries-${chosen}`} orgId={chosen} />
    </Stack>
  )
}

function NothingToManage() {
  return (
    <Text>
      Webhooks are set up by the owners and admins of an organization. You will find them here once you are one of them.
    </Text>
  )
}
