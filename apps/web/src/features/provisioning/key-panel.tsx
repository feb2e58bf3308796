'use client'

import type { Reveal } from '@gangway/schemas/keys'
import { Anchor, Button, Code, Group, Paper, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useEffectEvent } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { KeyField } from './key-field.tsx'

/** The one showing of the new key. It is held by this component alone, and by no storage. */
export function KeyPanel({ checkoutSessionId, isAutomatic }: { checkoutSessionId: string; isAutomatic: boolean }) {
  const trpc = useTRPC()
  const reveal = useMutation(trpc.keys.reveal.mutationOptions({ gcTime: 0 }))
  const markSaved = useMutation(trpc.keys.markSaved.mutationOptions())
  const show = useEffectEvent(() => {
    if (isAutomatic) reveal.mutate({ checkoutSessionId })
  })
  useEffect(() => show(), [isAutomatic])

  const known: Reveal | undefined = markSaved.data ?? reveal.data
  const error = markSaved.error ?? reveal.error
  return (
    <Paper component="section" aria-labelledby="api-key" withBorder p="xl">
      <Title order={2} size="h3" id="api-key">
        Your API key
      </Title>
      {error && (
        <Group mt="md" grow>
          <ProblemAlert problem={problemOf(error)} />
        </Group>
      )}
      {!known && (
        <>
          <Text mt="xs">It is shown on one screen only, so that it is not left on another. Show it where you can save it.</Text>
          <Button mt="md" loading={reveal.isPending} onClick={() => reveal.mutate({ checkoutSessionId })}>
            Show the key
          </Button>
        </>
      )}
      {known?.status === 'revealed' && (
        <>
          <Text mt="xs" mb="md">
            This is the only time that you see it. Copy it to where you keep your secrets.
          </Text>
          <KeyField apiKey={known.apiKey} />
          <Group mt="md">
            <Button
              loading={markSaved.isPending}
              onClick={() => markSaved.mutate({ checkoutSessionId }, { onSuccess: () => reveal.reset() })}
            >
              I have saved it
            </Button>
            <Text size="sm" c="dimmed">
              It can be shown until {known.expiresAt.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit' })}.
            </Text>
          </Group>
        </>
      )}
      {known && known.status !== 'revealed' && <Gone reveal={known} />}
    </Paper>
  )
}

/** A lost key is no dead end: owners make another one. */
function LostKey() {
  const organizations = useQuery(useTRPC().organizations.mine.queryOptions())
  const isOwner = organizations.data?.some(({ role }) => role === 'owner') ?? false
  return (
    <Text size="sm" c="dimmed" mt="xs">
      Lost it?{' '}
      {isOwner ? (
        <>
          Make another one in{' '}
          <Anchor component={Link} href={paths.keys()} inherit>
            the settings of your API keys
          </Anchor>
          .
        </>
      ) : (
        'An owner of the organization can make another one.'
      )}
    </Text>
  )
}

function Gone({ reveal: { status, prefix } }: { reveal: Exclude<Reveal, { status: 'revealed' }> }) {
  return (
    <div role="status">
      <Text mt="xs">
        {status === 'saved' ? 'You have saved it' : 'The time to show it is over'}: the key that begins with <Code>{prefix}</Code>{' '}
        cannot be shown again.
      </Text>
      <LostKey />
    </div>
  )
}
