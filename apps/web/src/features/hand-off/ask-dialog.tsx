'use client'

import { newHandOffSchema } from '@gangway/schemas/hand-offs'
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'

export function AskDialog({ step, onClose }: { step: string; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [mistake, setMistake] = useState<string>()
  const asking = useMutation(
    trpc.handOffs.create.mutationOptions({
      onSuccess: onClose,
      onSettled: () => queryClient.invalidateQueries(trpc.handOffs.list.queryFilter()),
    }),
  )

  function submit(event: FormEvent): void {
    event.preventDefault()
    const { data, error } = newHandOffSchema.safeParse({ step, email: email.trim() })
    setMistake(error?.issues[0]?.message)
    if (data) asking.mutate(data)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title="Ask a colleague"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 600 } }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            They get a link by mail that opens this step and nothing else, for 7 days. You see what they answered, and can change
            it.
          </Text>
          {asking.error && <ProblemAlert problem={problemOf(asking.error)} />}
          <TextInput
            label="Their e-mail"
            type="email"
            autoComplete="off"
            data-autofocus
            withAsterisk
            aria-required
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value)
              setMistake(undefined)
            }}
            error={mistake}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={asking.isPending}>
              Send the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
