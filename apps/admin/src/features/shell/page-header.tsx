import { Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** The one `h1` of a page; `children` are what can be done with the page as a whole. */
export function PageHeader({ title, description, children }: { title: ReactNode; description: ReactNode; children?: ReactNode }) {
  return (
    <Group component="header" justify="space-between" align="flex-end" mb="lg">
      <Stack gap={4}>
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text c="dimmed" size="sm">
          {description}
        </Text>
      </Stack>
      {children}
    </Group>
  )
}
