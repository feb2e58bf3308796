'use client'

import { answerTexts, fieldLabel, stepLabel } from '@gangway/schemas/answer-labels'
import type { OpenConflict } from '@gangway/schemas/merge'
import type { DraftValue } from '@gangway/schemas/questionnaire'
import { Alert, Button, SimpleGrid, Text } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useWords } from '../words/words.ts'
import { answers, useAnswers } from './answers.ts'
import styles from './conflict-panel.module.css'
import { fieldId } from './field-id.ts'
import { focusField } from './focus-field.ts'
import { useWizard } from './wizard-context.ts'

const CONFLICTS = 'conflicts'

/** For people who want to go on while there is something to choose. It may have been found just now, and be drawn next. */
export function focusConflict(): void {
  requestAnimationFrame(() => focusField(CONFLICTS))
}

/** What was changed here and elsewhere, side by side, until the person picks. */
export function ConflictPanel() {
  const conflicts = useAnswers((state) => state.conflicts)
  const words = useWords()
  const panel = useRef<HTMLDivElement>(null)
  const settled = useRef<OpenConflict>(null)

  // The button that was pressed is gone: the focus goes on to what is left, and from the last one to its field, which may
  // be on another page.
  useEffect(() => {
    if (!settled.current) return
    const { step, field } = settled.current
    settled.current = null
    if (panel.current) focusField(CONFLICTS)
    else if (!focusField(fieldId(step, field))) document.querySelector<HTMLElement>('main h1')?.focus()
  }, [conflicts])

  if (conflicts.length === 0) return null
  return (
    <Alert
      ref={panel}
      id={CONFLICTS}
      role="alert"
      color="orange"
      mb="xl"
      icon={<IconArrowsDiff aria-hidden />}
      title={words.conflict}
    >
      <Text size="sm" c="var(--mantine-color-text)">
        {words.conflictLead}
      </Text>
      {conflicts.map((conflict) => (
        <ConflictChoice
          key={`${conflict.step}.${conflict.field}`}
          conflict={conflict}
          onSettled={() => (settled.current = conflict)}
        />
      ))}
    </Alert>
  )
}

function ConflictChoice({ conflict, onSettled }: { conflict: OpenConflict; onSettled: () => void }) {
  const { step, field, theirs } = conflict
  const { engine, questions } = useWizard()
  const { labels } = questions
  const words = useWords()
  const mine = useAnswers((state) => state.answers[step]?.[field])
  const label = fieldLabel(step, field, labels)

  const textOf = (value: DraftValue | undefined) => answerTexts({ step, field, value }, labels).join(', ') || words.nothing

  function pick(side: 'mine' | 'theirs') {
    onSettled()
    answers.pick(conflict, side)
    engine.edited(step)
  }

  return (
    <div className={styles.choice}>
      <Text size="sm" fw={600} c="var(--mantine-color-text)">
        {label} <span className={styles.step}>{words.inStep(stepLabel(step, labels))}</span>
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt={6}>
        <Version name={words.mine} label={label} text={textOf(mine)} action={words.keepMine} onPick={() => pick('mine')} />
        <Version name={words.theirs} label={label} text={textOf(theirs)} action={words.useTheirs} onPick={() => pick('theirs')} />
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
      <Button size="xs" variant="default" onClick={onPick} mt="xs" aria-label={`${action}: ${label}`}>
        {action}
      </Button>
    </div>
  )
}
