'use client'

import { answerTexts, fieldLabel, labelsOf } from '@gangway/schemas/answer-labels'
import type { ManifestStep } from '@gangway/schemas/manifest'
import type { LanguageCode } from '@gangway/schemas/questionnaire'
import { Alert, Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
import { useWords } from '../words/words.ts'
import type { Difference } from './merge-seen.ts'

interface DifferencesProps {
  owner: string
  step: ManifestStep
  language: LanguageCode
  differences: readonly Difference[]
  onUse: (difference: Difference) => void
}

/** What the owner has changed to something else since: nothing is sent over it unseen. */
export function Differences({ owner, step, language, differences, onUse }: DifferencesProps) {
  const words = useWords()
  if (differences.length === 0) return null
  const labels = labelsOf([step], language)
  const theirText = ({ field, theirs: value }: Difference) =>
    answerTexts({ step: step.id, field, value }, labels).join(', ') || words.nothing
  return (
    <Alert role="alert" color="orange" mb="lg" icon={<IconArrowsDiff aria-hidden />} title={words.answeredMeanwhile(owner)}>
      <Text size="sm" c="var(--mantine-color-text)">
        {words.sendOnceMore(owner)}
      </Text>
      {differences.map((difference) => {
        const label = fieldLabel(step.id, difference.field, labels)
        return (
          <Group key={difference.field} mt="sm" gap="sm">
            <Text size="sm" c="var(--mantine-color-text)">
              <strong>{label}</strong>: {theirText(difference)}
            </Text>
            <Button size="xs" variant="default" onClick={() => onUse(difference)}>
              {words.useThis}
              <VisuallyHidden>: {label}</VisuallyHidden>
            </Button>
          </Group>
        )
      })}
    </Alert>
  )
}
