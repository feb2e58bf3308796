'use client'

import { claimHandOffSchema, type HandOffView } from '@gangway/schemas/hand-offs'
import { languageFor, textIn } from '@gangway/schemas/manifest'
import { FORM_MESSAGES } from '@gangway/schemas/manifest-messages'
import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useWords } from '../words/words.ts'
import { ownClaim } from './claim.ts'
import { HandOffFrame } from './hand-off-frame.tsx'

interface TakeUpProps {
  code: string
  view: HandOffView
  onTaken: (view: HandOffView) => void
}

/**
 * Taking a link up is somebody's own act: programs that look through mail open every link, and would have it for
 * themselves.
 */
export function TakeUpForm({ code, view, onTaken }: TakeUpProps) {
  const { owner, company, title, languages, expiresAt } = view
  const words = useWords()
  const until = expiresAt.toLocaleDateString(words.lang, { dateStyle: 'long' })
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string>()
  const taking = useMutation(useTRPC().handOffs.claim.mutationOptions({ onSuccess: onTaken }))
  const language = languageFor(languages, navigator.languages)
  const step = textIn({ en: '', ...title }, language)

  function submit(event: FormEvent): void {
    event.preventDefault()
    const { data, error } = claimHandOffSchema.shape.colleague.safeParse(name)
    setMistake(error && (name.trim() === '' ? words.enterName : FORM_MESSAGES[language].tooLong(80)))
    if (data !== undefined) taking.mutate({ code, claim: ownClaim(), colleague: data })
  }

  return (
    <HandOffFrame heading={words.asksForHelp(owner)} lead={words.whyYou({ owner, company, step, until })}>
      <form noValidate onSubmit={submit}>
        <Stack gap="lg">
          {taking.error && <ProblemAlert problem={problemOf(taking.error)} />}
          <TextInput
            label={words.yourName}
            description={words.nameHelp(owner)}
            autoComplete="name"
            withAsterisk
            aria-required
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value)
              setMistake(undefined)
            }}
            error={mistake}
          />
          <Button type="submit" loading={taking.isPending} style={{ alignSelf: 'start' }}>
            {words.start}
          </Button>
        </Stack>
      </form>
    </HandOffFrame>
  )
}
