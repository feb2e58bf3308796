'use client'

import type { PersonHistory } from '@gangway/schemas/answers'
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId } from 'react'
import { Moment } from '../shell/moment.tsx'
import { AnswersByStep } from './answers-by-step.tsx'
import { ChangesTable } from './changes-table.tsx'

type Completion = PersonHistory['completions'][number]

interface CompletionCardProps extends Completion {
  /** A person's only completion is the first. */
  place: 'first' | 'between' | 'latest'
  openedAtFirst: boolean
}

/** One completion: what is different from the one before, then all of its answers. */
export function CompletionCard({ snapshot, changes, place, openedAtFirst }: CompletionCardProps) {
  const [opened, { toggle }] = useDisclosure(openedAtFirst)
  const headingId = useId()
  const answersId = useId()
  return (
    <Card component="article" withBorder padding="lg" aria-labelledby={headingId}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2} size="h4" id={headingId}>
              Completed <Moment at={snapshot.completedAt} />
            </Title>
            <Text size="sm" c="dimmed">
              {snapshot.orgSlug ? `Organization ${snapshot.orgSlug} · ` : ''}
              Variant {snapshot.variant} · Schema version {snapshot.answerSchemaVersion}
            </Text>
          </div>
          <Button variant="default" size="xs" onClick={toggle} aria-expanded={opened} aria-controls={answersId}>
            {opened ? 'Hide answers' : 'Show answers'}
          </Button>
        </Group>
        {place === 'first' ? null : <ChangesTable changes={changes} />}
        <div id={answersId} hidden={!opened}>
          <AnswersByStep answers={snapshot.answers} />
        </div>
      </Stack>
    </Card>
  )
}
