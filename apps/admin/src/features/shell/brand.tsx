import { Badge, Group, Text } from '@mantine/core'

export function Brand() {
  return (
    <Group gap="xs" wrap="nowrap">
      <svg viewBox="0 0 32 32" width={24} height={24} aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
        <path
          d="M7 22h6v-4h6v-4h6v-4"
          fill="none"
          stroke="var(--mantine-primary-color-contrast)"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text fw={600}>Gangway</Text>
      <Badge variant="default" size="sm" tt="none" fw={500}>
        Staff
      </Badge>
    </Group>
  )
}
