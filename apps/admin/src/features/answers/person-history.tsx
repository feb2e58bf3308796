import type { PersonHistory } from '@gangway/schemas/answers'
import { EmptyState, Stack } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { CompletionCard } from './completion-card.tsx'

/** Everything that one person has answered, completion by completion, the newest first. */
export function PersonHistoryList({ completions }: Pick<PersonHistory, 'completions'>) {
  if (completions.length === 0) {
    return (
      <EmptyState
        py={64}
        icon={<IconListDetails stroke={1.4} aria-hidden />}
        title="Nothing completed yet"
        description="This person has not completed the onboarding questionnaire."
      />
    )
  }
  return (
    <Stack gap="lg">
      {completions.map((completion, index) => (
        <CompletionCard
          key={completion.snapshot.sessionId}
          completion={completion}
          place={index === completions.length - 1 ? 'first' : index === 0 ? 'latest' : 'between'}
          openedAtFirst={index === 0}
        />
      ))}
    </Stack>
  )
}
