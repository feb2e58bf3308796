'use client'

import { newHandOffSchema } from '@gangway/schemas/hand-offs'
import { FORM_MESSAGES } from '@gangway/schemas/manifest-messages'
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { useWizard } from '../questionnaire/wizard-context.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useWords } from '../words/words.ts'

export function AskDialog({ step, onClose }: { step: string; onClose: () => void }) {
  const words = useWords()
  const { language } = useWizard().questions
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
    setMistake(error && FORM_MESSAGES[language].email)
    if (data) asking.mutate(data)
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={words.askTitle}
      lang={words.lang}
      centered
      closeButtonProps={{ 'aria-label': words.close }}
      styles={{ title: { fontWeight: 600 } }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{words.askLead}</Text>
          {asking.error && <ProblemAlert problem={problemOf(asking.error)} />}
          <TextInput
            label={words.theirEmail}
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
              {words.cancel}
            </Button>
            <Button type="submit" loading={asking.isPending}>
              {words.sendLink}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
