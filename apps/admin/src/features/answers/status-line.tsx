import { Button, Group, Text } from '@mantine/core'

interface StatusLineProps {
  /** How many there are, or that they are on their way. */
  children: string
  /** undefined where nothing is filtered. */
  onClear: (() => void) | undefined
}

/** What the filters have let through, above what they let through. */
export function StatusLine({ children, onClear }: StatusLineProps) {
  return (
    <Group justify="space-between" mih={26} mb="sm">
      <Text role="status" size="sm" c="dimmed">
        {children}
      </Text>
      {onClear ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onClear}>
          Clear filters
        </Button>
      ) : null}
    </Group>
  )
}
