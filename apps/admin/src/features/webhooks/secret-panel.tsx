'use client'

import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'

/** The one showing of a secret. It is held by the dialog around it alone, and by no storage. */
export function SecretPanel({ secret, onDone }: { secret: string; onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret)
      setSaid('The secret is in your clipboard.')
    } catch {
      // Pages that are not secure have no clipboard: the person's own shortcut does it.
      input.current?.select()
      setSaid('The secret is selected: copy it with your keyboard.')
    }
  }

  return (
    <Stack>
      <Text size="sm">
        This is the signing secret, and the only time that it is shown. Put it where the receiver keeps its secrets.
      </Text>
      <TextInput
        ref={input}
        label="Signing secret"
        value={secret}
        readOnly
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        ff="monospace"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {said}
        </Text>
        <Group gap="sm">
          <Button variant="default" onClick={() => void copy()}>
            Copy
          </Button>
          <Button onClick={onDone}>I have saved it</Button>
        </Group>
      </Group>
    </Stack>
  )
}
