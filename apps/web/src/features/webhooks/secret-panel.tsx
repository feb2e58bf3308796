'use client'

import { Button, Group, Stack, Text } from '@mantine/core'
import { SecretField } from './secret-field.tsx'

/** The one showing of a secret. It is held by the dialog around it alone, and by no storage. */
export function SecretPanel({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack>
      <Text>
        This is its signing secret, and the only time that you see it. Put it where your program keeps its secrets, and verify
        each message with it.
      </Text>
      <SecretField secret={secret} />
      <Group justify="flex-end">
        <Button onClick={onDone}>I have saved it</Button>
      </Group>
    </Stack>
  )
}
