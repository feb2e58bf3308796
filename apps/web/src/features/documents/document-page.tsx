'use client'

import { Anchor, Button, Group, Paper, Skeleton, Stack, Text, Title, Typography } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconArrowLeft } from '@tabler/icons-react'
import Link from 'next/link'
import Markdown from 'react-markdown'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'

export function DocumentPage({ id }: { id: string }) {
  return (
    <SignedInPage width="narrow">
      <Anchor component={Link} href={paths.home()} size="sm">
        <Group gap={6} component="span" display="inline-flex">
          <IconArrowLeft size={16} aria-hidden />
          Home
        </Group>
      </Anchor>
      <Document id={id} />
    </SignedInPage>
  )
}

function Document({ id }: { id: string }) {
  const { data, isError, error, refetch } = useQuery(useTRPC().starter.document.queryOptions({ id }))
  useDocumentTitle(`${data?.title ?? 'Document'} · Gangway`)
  if (isError) {
    return (
      <Stack mt="xl">
        <Title order={1} size="h2">
          This document cannot be shown
        </Title>
        <ProblemAlert problem={problemOf(error)}>
          <Button size="xs" variant="default" onClick={() => void refetch()}>
            Try again
          </Button>
        </ProblemAlert>
      </Stack>
    )
  }
  if (!data) {
    return (
      <Stack mt="xl" gap="sm">
        <Skeleton height={34} width="60%" mb="md" />
        {Array.from({ length: 9 }, (_, line) => (
          <Skeleton key={line} height={16} width={line % 3 === 2 ? '70%' : '100%'} />
        ))}
      </Stack>
    )
  }
  return (
    <Paper component="article" mt="xl">
      {!data.body.startsWith('# ') && <Title order={1}>{data.title}</Title>}
      <Typography>
        <Markdown>{data.body}</Markdown>
      </Typography>
      <Text size="sm" c="dimmed" mt="xl">
        {data.isSample && 'A sample. '}Last changed {data.updatedAt.toLocaleDateString('en', { dateStyle: 'long' })}
      </Text>
    </Paper>
  )
}
