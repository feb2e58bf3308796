import type { MailTemplate } from '@gangway/schemas/mail'
import { Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import { MailPreview } from './mail-preview.tsx'

/** One template: when it is sent, its subject, and how it looks. */
export function TemplateView({ template }: { template: MailTemplate }) {
  const { name, sentWhen, subject, text, html } = template
  const headingId = useId()
  return (
    <Stack component="section" gap="md" aria-labelledby={headingId} mih="54rem">
      <Stack gap={4}>
        <Title order={2} size="h4" id={headingId}>
          {name}
        </Title>
        <Text size="sm" c="dimmed">
          {sentWhen}
        </Text>
      </Stack>
      <Text fw={600}>{subject}</Text>
      <MailPreview text={text} html={html} />
    </Stack>
  )
}
