import { Alert, Code, List, Text } from '@mantine/core'
import type { Problem } from './problems.ts'

/** What keeps a draft from being published. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) {
    return (
      <Text size="sm" c="dimmed" role="status">
        Nothing is wrong with it.
      </Text>
    )
  }
  return (
    <Alert
      color="red"
      variant="light"
      role="status"
      title={problems.length === 1 ? 'One problem' : `${problems.length} problems`}
    >
      <List size="sm" spacing={4}>
        {problems.map(({ path, message }) => (
          <List.Item key={`${path} ${message}`}>
            {path ? <Code>{path}</Code> : null} {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
