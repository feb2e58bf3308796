import { Container, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Brand } from './brand.tsx'

/** A page outside of the frame: one column, one `h1`. */
export function CenteredPage({ title, description, children }: { title: string; description?: ReactNode; children: ReactNode }) {
  return (
    <Container component="main" size={420} py={{ base: 'xl', sm: 96 }}>
      <Stack gap="lg">
        <Brand />
        <Stack gap={4}>
          <Title order={1} size="h2">
            {title}
          </Title>
          {description ? <Text c="dimmed">{description}</Text> : null}
        </Stack>
        {children}
      </Stack>
    </Container>
  )
}
