import { Button, EmptyState } from '@mantine/core'
import { IconFilterOff, IconRoute } from '@tabler/icons-react'

/** `onClear` is there when it is the filter that leaves nothing over. */
export function NoRuns({ onClear }: { onClear?: (() => void) | undefined }) {
  if (!onClear) {
    return (
      <EmptyState
        py={64}
        icon={<IconRoute stroke={1.4} aria-hidden />}
        title="No runs yet"
        description="A run appears here as soon as somebody has paid for a checkout."
      />
    )
  }
  return (
    <EmptyState
      py={64}
      icon={<IconFilterOff stroke={1.4} aria-hidden />}
      title="No runs fit these filters"
      description="Choose other states or stages, or a longer time."
    >
      <EmptyState.Actions>
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  )
}
