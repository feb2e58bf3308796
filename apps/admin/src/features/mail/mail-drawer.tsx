'use client'

import type { Mail } from '@gangway/schemas/mail'
import { Drawer, Stack, Text } from '@mantine/core'
import classes from './mail-drawer.module.css'
import { MailFacts } from './mail-facts.tsx'
import { MailPreview } from './mail-preview.tsx'

interface MailDrawerProps {
  opened: boolean
  /** undefined when the address names a mail that is not there. */
  mail: Mail | undefined
  onClose: () => void
}

export function MailDrawer({ opened, mail, onClose }: MailDrawerProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="min(100%, 46rem)"
      title={mail?.subject ?? 'Mail not found'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ content: classes.content, body: classes.body, title: classes.title }}
    >
      {mail ? <Message mail={mail} /> : <Text>It may have been removed since the link was made.</Text>}
    </Drawer>
  )
}

function Message({ mail }: { mail: Mail }) {
  return (
    <Stack h="100%">
      <MailFacts mail={mail} />
      {mail.text !== null && mail.html !== null ? (
        <MailPreview key={mail.id} text={mail.text} html={mail.html} />
      ) : (
        <Text size="sm" c="dimmed">
          What a mail said is not kept once it has left or was given up: it can hold links that let people in. The templates show
          how
        </Text>
      )}
    </Stack>
  )
}
