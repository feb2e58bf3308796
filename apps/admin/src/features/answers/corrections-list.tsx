'use client'

import type { Correction } from '@gangway/schemas/answer-corrections'
import { List, Stack, Text, Title } from '@mantine/core'
import { Moment } from '../shell/moment.tsx'
import { questionLabel } from './questions.ts'
import { useLabels } from './use-labels.ts'

/** What staff have changed since the completion, and why. */
export function CorrectionsList({ corrections }: { corrections: readonly Correction[] }) {
  const labels = useLabels()
  if (corrections.length === 0) return null
  return (
    <Stack component="section" gap="xs">
      <Title order={3} size="h5">
        Corrected by staff
      </Title>
      <List listStyleType="none" spacing="xs" aria-label="Corrections">
        {corrections.map(({ at, by, fields, reason }) => (
          <List.Item key={at.toISOString()} fz="sm">
            {fields.map((name) => questionLabel(nameOf(name), labels)).join(', ')}: {reason}
            <Text span display="block" size="xs" c="dimmed">
              <Moment at={at} /> by {by ?? 'an account that is gone'}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}

/** Of `work.team`. */
function nameOf(name: string): { step: string; field: string } {
  const [step = '', ...field] = name.split('.')
  return { step, field: field.join('.') }
}
