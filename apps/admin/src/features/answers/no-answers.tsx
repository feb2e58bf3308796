import { Button, EmptyState } from '@mantine/core'
import { IconFilterOff, IconListDetails } from '@tabler/icons-react'

/** `onClear` is there when it is the filter that leaves nothing over. */
export function NoAnswers({ onClear }: { onClear?: () => void }) {
  if (!onClear) {
    return (
      <EmptyState
        py={64}
        icon={<IconListDetails stroke={1.4} aria-hidden />}
        title="No answers yet"
        description="Answers appear here within a second of somebody completing the onboarding questionnaire."
      />
    )
  }
  return (
    <EmptyState
      py={64}
      icon={<IconFilterOff stroke={1.4} aria-hidden />}
      title="No answers fit these filters"
      description="Search for less, or choose a longer time."
    >
      <EmptyState.Actions>
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  )
}
