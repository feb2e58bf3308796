'use client'

import { answerTexts, fieldLabel, labelsOf } from '@gangway/schemas/answer-labels'
import type { ManifestStep } from '@gangway/schemas/manifest'
import type { LanguageCode } from '@gangway/schemas/questionnaire'
import { Alert, Button, Group, Text, VisuallyHidden } from '@mantine/core'
import { IconArrowsDiff } from '@tabler/icons-react'
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
  if (differences.length === 0) return null
  const labels = labelsOf([step], language)
  const theirText = ({ field, theirs: value }: Difference) =>
    answerTexts({ step: step.id, field, value }, labels).join(', ') || 'nothing'
  return (
    <Alert
      role="alert"
      color="orange"
      mb="lg"
      icon={<IconArrowsDiff aria-hidden />}
      title={`${owner} has answered this meanwhile`}
    >
      <Text size="sm" c="var(--mantine-color-text)">
        What you typed is still below. Send it once more to keep it, or take what {owner} has:
      </Text>
      {differences.map((difference) => {
        const label = fieldLabel(step.id, difference.field, labels)
        return (
          <Group key={difference.field} mt="sm" gap="sm">
            <Text size="sm" c="var(--mantine-color-text)">
              <strong>{label}</strong>: {theirText(difference)}
            </Text>
            <Button size="xs" variant="default" onClick={() => onUse(difference)}>
              Use this<VisuallyHidden>: {label}</VisuallyHidden>
            </Button>
          </Group>
        )
      })}
    </Alert>
  )
}
