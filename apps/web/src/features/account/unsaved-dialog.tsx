'use client'

import { Button, Group, Modal, Text } from '@mantine/core'

/** Signing out forgets what this browser keeps, so what never reached the server would be gone. */
export function UnsavedDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <Modal opened onClose={onStay} title="Some answers are not saved yet" centered>
      <Text>If you sign out now, what you typed since the last save is lost.</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onStay} data-autofocus>
          Stay signed in
        </Button>
        <Button color="red" onClick={onLeave}>
          Sign out anyway
        </Button>
      </Group>
    </Modal>
  )
}
