'use client'

import type { HandOff } from '@gangway/schemas/hand-offs'
import { Anchor, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import type { Words } from '../words/en.ts'
import { useWords } from '../words/words.ts'
import styles from './ask-colleague.module.css'

const AskDialog = dynamic(() => import('./ask-dialog.tsx').then((module) => module.AskDialog), { ssr: false })

/** Below a step's form: whom it was handed to, or the way to do so. Its place is kept, so that nothing moves. */
export function AskColleague({ step, isDone }: { step: string; isDone: boolean }) {
  const words = useWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const { data: handOffs } = useQuery(trpc.handOffs.list.queryOptions())
  const taking = useMutation(
    trpc.handOffs.revoke.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.handOffs.list.queryFilter()) }),
  )
  const handOff = handOffs?.find((made) => made.step === step)
  const isOpen = handOff?.state === 'waiting' || handOff?.state === 'opened'
  return (
    <div className={styles.line}>
      {handOffs && (
        <>
          <Text component="span" size="sm" c="dimmed" role="status" aria-label={words.handedOver} className={styles.told}>
            {handOff && textOf(handOff, isDone, words)}
          </Text>
          {!isDone && isOpen && (
            <Anchor
              component="button"
              type="button"
              size="sm"
              disabled={taking.isPending}
              onClick={() => taking.mutate({ id: handOff.id })}
            >
              {words.takeBack}
            </Anchor>
          )}
          {!isDone && !isOpen && (
            <Anchor component="button" type="button" size="sm" onClick={() => setAsking(true)}>
              {words.ask}
            </Anchor>
          )}
        </>
      )}
      {isAsking && <AskDialog step={step} onClose={() => setAsking(false)} />}
    </div>
  )
}

function textOf({ state, email, colleague, expiresAt }: HandOff, isDone: boolean, words: Words): string {
  if (state === 'answered') return words.answeredBy(colleague ?? '', email)
  if (isDone) return ''
  const until = expiresAt.toLocaleDateString(words.lang, { dateStyle: 'medium' })
  if (state === 'expired') return words.notInTime(email)
  const so = words.asked(email, until)
  return state === 'opened' ? `${so} ${words.hasOpened(colleague ?? '')}` : so
}
