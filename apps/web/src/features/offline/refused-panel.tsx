'use client'

import { answerTexts, fieldLabel, labelsOf, stepLabel } from '@gangway/schemas/answer-labels'
import { languageFor } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core'
import { IconCloudX } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { answers, useAnswers } from '../questionnaire/answers.ts'
import { fieldId } from '../questionnaire/field-id.ts'
import { focusField } from '../questionnaire/focus-field.ts'
import { keptManifest } from '../questionnaire/kept-manifest.ts'
import { useWords } from '../words/words.ts'
import type { QueuedSave } from './queued-save.ts'
import { outbox } from './outbox.ts'
import styles from './refused-panel.module.css'

/** What the server will not take, as it was typed, until the person has settled it. */
export function RefusedPanel({ refused }: { refused: readonly QueuedSave[] }) {
  const words = useWords()
  return (
    <Alert role="alert" color="red" mb="xl" icon={<IconCloudX aria-hidden />} title={words.refused} lang={words.lang}>
      {refused.map((save) => (
        <Refused key={save.mutationId} save={save} />
      ))}
    </Alert>
  )
}

function Refused({ save }: { save: QueuedSave }) {
  const { step, patch, problem } = save
  const router = useRouter()
  const words = useWords()
  const isDone = useAnswers(({ session }) => session?.status === 'completed')
  // On whichever page this is: the questions are those that this browser was asked last.
  const [manifest] = useState(() => keptManifest() ?? BUILT_IN_MANIFEST)
  const labels = labelsOf(manifest.steps, languageFor(manifest.languages, [words.lang]))
  const lines = Object.entries(patch).map(([field, value]) => ({
    field,
    label: fieldLabel(step, field, labels),
    text: answerTexts({ step, field, value }, labels).join(', ') || words.nothing,
  }))
  const first = lines[0]?.field ?? ''

  function edit() {
    const id = fieldId(step, first)
    if (!focusField(id)) router.push(`${paths.step(step)}#${id}`)
  }

  async function discard() {
    const known = answers.store.getState().server[step]
    await outbox.change((saves) => saves.filter(({ mutationId }) => mutationId !== save.mutationId))
    answers.edit(step, Object.fromEntries(Object.keys(patch).map((field) => [field, known?.[field] ?? null])))
  }

  return (
    <section aria-label={stepLabel(step, labels)} className={styles.refused}>
      <Text size="sm" c="var(--mantine-color-text)">
        {stepLabel(step, labels)}: {problem?.message}
      </Text>
      <dl className={styles.answers}>
        {lines.map(({ field, label, text }) => (
          <div key={field}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {problem?.errorId && (
        <Text size="xs" c="dimmed" mt={6}>
          {words.errorId} <Code>{problem.errorId}</Code>
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <CopyButton value={lines.map(({ label, text }) => `${label}: ${text}`).join('\n')}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        {/* Whoever has finished, here or elsewhere, has no page left to change it on. */}
        {!isDone && (
          <Button size="xs" variant="default" onClick={edit}>
            {words.edit}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="red" onClick={() => void discard()}>
          {words.discard}
        </Button>
      </Group>
    </section>
  )
}
