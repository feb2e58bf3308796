'use client'

import type { StarterKit } from '@gangway/schemas/starter'
import { Button, Group, Skeleton, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { AssistantCard, NotebookCard } from './starter-kit-cards.tsx'
import styles from './starter-kit-section.module.css'

/** What was there at the first sign-in: a space of one's own, with something in it. */
export function StarterKitSection() {
  const trpc = useTRPC()
  const kit = useQuery(
    trpc.starter.status.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 2000 : false),
    }),
  )
  return (
    <section aria-labelledby="space" className={styles.section}>
      <Title order={2} size="h3" id="space">
        {kit.data?.space?.name ?? 'Your personal space'}
      </Title>
      {kit.isError && (
        <ProblemAlert title="Your space could not be loaded" problem={problemOf(kit.error)}>
          <Button size="xs" variant="default" onClick={() => void kit.refetch()}>
            Try again
          </Button>
        </ProblemAlert>
      )}
      {kit.isPending && (
        <div className={styles.cards}>
          <Skeleton height={244} />
          <Skeleton height={244} />
        </div>
      )}
      {kit.data && <Kit kit={kit.data} />}
    </section>
  )
}

function Kit({ kit }: { kit: StarterKit }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [wereRemoved, setRemoved] = useState(false)
  const onSuccess = (changed: StarterKit) => queryClient.setQueryData(trpc.starter.status.queryKey(), changed)
  const retry = useMutation(trpc.starter.retry.mutationOptions({ onSuccess }))
  const remove = useMutation(trpc.starter.removeSamples.mutationOptions({ onSuccess }))
  const restore = useMutation(trpc.starter.restoreSamples.mutationOptions({ onSuccess }))
  const failed = [retry, remove, restore].find(({ isError }) => isError)
  const hasSamples = kit.documents.some(({ isSample }) => isSample)

  return (
    <>
      {failed && <ProblemAlert problem={problemOf(failed.error)} />}
      <div className={styles.cards}>
        <NotebookCard kit={kit} />
        <AssistantCard kit={kit} />
      </div>
      <Group gap="sm" mih="2.25rem">
        {kit.status === 'incomplete' && (
          <>
            <Text size="sm" c="dimmed">
              Some of it is not there yet.
            </Text>
            <Button variant="default" size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
              Finish setting up
            </Button>
          </>
        )}
        {hasSamples && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            className={styles.quiet}
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: () => setRemoved(true) })}
          >
            Remove the samples
          </Button>
        )}
        <Text size="sm" component="span" role="status" aria-label="Samples">
          {wereRemoved && !hasSamples ? 'The samples are removed.' : ''}
        </Text>
        {wereRemoved && !hasSamples && (
          <Button
            variant="default"
            size="xs"
            loading={restore.isPending}
            onClick={() => restore.mutate(undefined, { onSuccess: () => setRemoved(false) })}
          >
            Undo
          </Button>
        )}
      </Group>
    </>
  )
}
