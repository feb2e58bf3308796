'use client'

import type { PersonHistory } from '@gangway/schemas/answers'
import { Button, Card, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId, useRef, useState } from 'react'
import { Moment } from '../shell/moment.tsx'
import { AnswersByStep } from './answers-by-step.tsx'
import { ChangesTable } from './changes-table.tsx'
import { CorrectionForm } from './correction-form.tsx'
import { CorrectionsList } from './corrections-list.tsx'

interface CompletionCardProps {
  completion: PersonHistory['completions'][number]
  /** A person's only completion is the first. */
  place: 'first' | 'between' | 'latest'
  openedAtFirst: boolean
}

/** One completion: what is different from the one before and what staff have corrected, then all of its answers. */
export function CompletionCard({ completion, place, openedAtFirst }: CompletionCardProps) {
  const { snapshot, changes, corrections } = completion
  const [opened, answers] = useDisclosure(openedAtFirst)
  const [isCorrecting, setCorrecting] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const correctButton = useRef<HTMLButtonElement>(null)
  const headingId = useId()
  const answersId = useId()
  const correct = () => {
    setSaved(false)
    setCorrecting(!isCorrecting)
    answers.open()
  }
  const close = (saved: boolean) => {
    setSaved(saved)
    setCorrecting(false)
    correctButton.current?.focus()
  }
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
          <Group gap="xs">
            <Button
              ref={correctButton}
              variant="default"
              size="xs"
              onClick={correct}
              aria-expanded={isCorrecting}
              aria-controls={answersId}
            >
              Correct
            </Button>
            <Button
              variant="default"
              size="xs"
              onClick={answers.toggle}
              disabled={isCorrecting}
              aria-expanded={opened}
              aria-controls={answersId}
            >
              {opened ? 'Hide answers' : 'Show answers'}
            </Button>
          </Group>
        </Group>
        <VisuallyHidden role="status">{isSaved ? 'The correction is saved.' : ''}</VisuallyHidden>
        {place === 'first' ? null : <ChangesTable changes={changes} />}
        <CorrectionsList corrections={corrections} />
        <div id={answersId} hidden={!opened}>
          {isCorrecting ? <CorrectionForm snapshot={snapshot} onClose={close} /> : <AnswersByStep answers={snapshot.answers} />}
        </div>
      </Stack>
    </Card>
  )
}
