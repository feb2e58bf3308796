'use client'

import { answerTexts, fieldLabel, orderedFields, orderedSteps, stepLabel } from '@gangway/schemas/answer-labels'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { DataList, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './answers-by-step.module.css'
import { useLabels } from './use-labels.ts'

interface AnswersByStepProps {
  answers: DraftAnswers
  /** What can be done with a step, beside its name. */
  action?: (step: string, label: string) => ReactNode
}

/** All answers of one completion, in the order of the questionnaire. */
export function AnswersByStep({ answers, action }: AnswersByStepProps) {
  const labels = useLabels()
  return (
    <div className={classes.steps}>
      {orderedSteps(answers, labels).map((id) => {
        const given = answers[id] ?? {}
        const fields = orderedFields(id, given, labels)
          .map((field) => ({ field, parts: answerTexts({ step: id, field, value: given[field] }, labels) }))
          .filter(({ parts }) => parts.length > 0)
        return (
          <Stack key={id} component="section" gap="xs">
            <Group justify="space-between" gap="xs" wrap="nowrap" mih={26}>
              <Title order={3} size="h5">
                {stepLabel(id, labels)}
              </Title>
              {action?.(id, stepLabel(id, labels))}
            </Group>
            {fields.length === 0 ? (
              <Text size="sm" c="dimmed">
                Not answered
              </Text>
            ) : (
              <DataList gap="xs" labelWidth="8.5rem">
                {fields.map(({ field, parts }) => (
                  <DataList.Item key={field}>
                    <DataList.ItemLabel>{fieldLabel(id, field, labels)}</DataList.ItemLabel>
                    <DataList.ItemValue className={classes.value}>{parts.join(', ')}</DataList.ItemValue>
                  </DataList.Item>
                ))}
              </DataList>
            )}
          </Stack>
        )
      })}
    </div>
  )
}
