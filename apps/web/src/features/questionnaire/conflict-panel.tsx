'use client'

import { answerParts, fieldLabel, stepLabel } from '@gangway/schemas/answer-labels'
import type { OpenConflict } from '@gangway/schemas/merge'
import type { DraftValue } from '@gangway/schemas/questionnaire'
import { Alert, Button, SimpleGrid, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { answers, useAnswers } from './answers.ts'
import styles from './conflict-panel.module.css'
import { useWizard } from './wizard-context.ts'

/** What was changed here and elsewhere, side by side, until the person picks. */
export function ConflictPanel() {
  const conflicts = useAnswers((state) => state.conflicts)
  if (conflicts.length === 0) return null
  return (
    <Alert role="alert" color="orange" mb="xl" icon={<IconArrowsDiff aria-hidden />} title="Changed in two places">
      <Text size="sm" c="var(--mantine-color-text)">
        These answers were also changed in another window or on another device. Choose which ones to keep.
      </Text>
      {conflicts.map((conflict) => (
        <ConflictChoice key={`${conflict.step}.${conflict.field}`} conflict={conflict} />
      ))}
    </Alert>
  )
}

function ConflictChoice({ conflict }: { conflict: OpenConflict }) {
  const { step, field, theirs } = conflict
  const { engine } = useWizard()
  const mine = useAnswers((state) => state.answers[step]?.[field])
  const label = fieldLabel(step, field)

  function pick(side: 'mine' | 'theirs') {
    answers.pick(conflict, side)
    engine.edited(step)
  }

  return (
    <div className={styles.choice}>
      <Text size="sm" fw={600} c="var(--mantine-color-text)">
        {label} <span className={styles.step}>in {stepLabel(step)}</span>
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt={6}>
        <Version name="Mine" label={label} text={textOf(conflict, mine)} action="Keep mine" onPick={() => pick('mine')} />
        <Version name="Theirs" label={label} text={textOf(conflict, theirs)} action="Use theirs" onPick={() => pick('theirs')} />
      </SimpleGrid>
    </div>
  )
}

interface VersionProps {
  name: string
  label: string
  text: string
  action: string
  onPick: () => void
}

function Version({ name, label, text, action, onPick }: VersionProps) {
  return (
    <div className={styles.version}>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" c="var(--mantine-color-text)" className={styles.text}>
        {text}
      </Text>
      <Button size="xs" variant="default" onClick={onPick} mt="xs">
        {action}
        <VisuallyHidden>: {label}</VisuallyHidden>
      </Button>
    </div>
  )
}

function textOf({ step, field }: OpenConflict, value: DraftValue | undefined): string {
  return answerParts(step, field, value).join(', ') || 'Nothing'
}
