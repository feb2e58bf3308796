import type { ExportView } from '@gangway/schemas/exports'
import { Alert, Text } from '@mantine/core'
import { ErrorId } from '../problem/problem-notice.tsx'

export function ExportFailure({ failure }: { failure: NonNullable<ExportView['failure']> }) {
  return (
    <Alert role="alert" color="red" variant="light">
      <Text size="sm" mb={4}>
        {failure.message}
      </Text>
      <ErrorId id={failure.errorId} />
    </Alert>
  )
}
