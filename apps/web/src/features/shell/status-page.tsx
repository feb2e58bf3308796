'use client'

import { Anchor, Button, Code, Container, Group, Text, Title } from '@mantine/core'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { Brand } from './brand.tsx'

interface StatusPageProps {
  title: string
  text: string
  errorId?: string | undefined
  onRetry?: () => void
}

/** For addresses and pages that hold nothing else. */
export function StatusPage({ title, text, errorId, onRetry }: StatusPageProps) {
  return (
    <Container component="main" size="34rem" py="4rem">
      <Anchor component={Link} href={paths.home()} underline="never" c="inherit" aria-label="Gangway, home">
        <Brand />
      </Anchor>
      <Title order={1} mt="xl">
        {title}
      </Title>
      <Text mt="sm">{text}</Text>
      {errorId && (
        <Text size="sm" c="dimmed" mt="sm">
          Error id: <Code>{errorId}</Code>
        </Text>
      )}
      <Group mt="xl">
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
        <Button component={Link} href={paths.home()} variant={onRetry ? 'default' : 'filled'}>
          Go to the home page
        </Button>
      </Group>
    </Container>
  )
}
