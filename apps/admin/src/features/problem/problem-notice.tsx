'use client'

import { Alert, Button, Code, Stack, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { problemOf } from '../../trpc/problem.ts'

/** What happened, what to do, and the id that finds it in the log; `retry` is offered where a repeat can help. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = problemOf(error)
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertCircle aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{problem.message}</Text>
        {problem.errorId ? <ErrorId id={problem.errorId} /> : null}
        {retry && problem.retry === 'transient' ? (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        ) : null}
      </Stack>
    </Alert>
  )
}

export function ErrorId({ id }: { id: string }) {
  return (
    <Text size="sm">
      Error id: <Code>{id}</Code>
    </Text>
  )
}
