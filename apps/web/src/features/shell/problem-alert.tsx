'use client'

import type { Problem } from '@gangway/schemas/errors'
import { Alert, Code, Group, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** What went wrong, in the person's words, with the id that finds it in the log and what can be done about it. */
export function ProblemAlert({
  problem,
  title,
  children,
}: {
  problem: Pick<Problem, 'message' | 'errorId'>
  title?: string
  children?: ReactNode
}) {
  return (
    <Alert role="alert" color="red" icon={<IconAlertCircle aria-hidden />} title={title}>
      <Text size="sm" c="var(--mantine-color-text)">
        {problem.message}
      </Text>
      {problem.errorId && (
        <Text size="xs" c="dimmed" mt={6}>
          Error id: <Code>{problem.errorId}</Code>
        </Text>
      )}
      {children && <Group mt="sm">{children}</Group>}
    </Alert>
  )
}
