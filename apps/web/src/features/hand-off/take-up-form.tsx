'use client'

import { claimHandOffSchema, type HandOffView } from '@gangway/schemas/hand-offs'
import { languageFor, textIn } from '@gangway/schemas/manifest'
import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
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
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string>()
  const taking = useMutation(useTRPC().handOffs.claim.mutationOptions({ onSuccess: onTaken }))
  const step = textIn({ en: '', ...title }, languageFor(languages, navigator.languages))

  function submit(event: FormEvent): void {
    event.preventDefault()
    const { data, error } = claimHandOffSchema.shape.colleague.safeParse(name)
    setMistake(error?.issues[0]?.message)
    if (data !== undefined) taking.mutate({ code, claim: ownClaim(), colleague: data })
  }

  return (
    <HandOffFrame
      heading={`${owner} asks for your help`}
      lead={`${owner} is setting up Gangway${company ? ` for ${company}` : ''} and thinks that you know best what to answer in “${step}”. It is one step, and you need no account. The link is yours until ${expiresAt.toLocaleDateString('en', { dateStyle: 'long' })}.`}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="lg">
          {taking.error && <ProblemAlert problem={problemOf(taking.error)} />}
          <TextInput
            label="Your name"
            description={`${owner} sees it next to what you answer.`}
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
            Start
          </Button>
        </Stack>
      </form>
    </HandOffFrame>
  )
}
