'use client'

import { answerTexts, fieldLabel, orderedFields, orderedSteps, stepLabel } from '@gangway/schemas/answer-labels'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { DataList, Stack, Text, Title } from '@mantine/core'
import classes from './answers-by-step.module.css'
import { useLabels } from './use-labels.ts'

/** All answers of one completion, in the order of the questionnaire. */
export function AnswersByStep({ answers }: { answers: DraftAnswers }) {
  const labels = useLabels()
  const steps = orderedSteps(answers, labels).map((id) => {
    const given = answers[id] ?? {}
    const fields = orderedFields(id, given, labels).map((field) => ({
      field,
      parts: answerTexts({ step: id, field, value: given[field] }, labels),
    }))
    return { id, title: stepLabel(id, labels), answered: fields.filter(({ parts }) => parts.length > 0) }
  })
  const unanswered = steps.filter(({ answered }) => answered.length === 0)
  return (
    <Stack gap="xl">
      <div className={classes.steps}>
        {steps
          .filter(({ answered }) => answered.length > 0)
          .map(({ id, title, answered }) => (
            <Stack key={id} component="section" gap="xs">
              <Title order={3} size="h5">
                {title}
              </Title>
              <DataList gap="xs" labelWidth="8.5rem">
                {answered.map(({ field, parts }) => (
                  <DataList.Item key={field}>
                    <DataList.ItemLabel>{fieldLabel(id, field, labels)}</DataList.ItemLabel>
                    <DataList.ItemValue className={classes.value}>{parts.join(', ')}</DataList.ItemValue>
                  </DataList.Item>
                ))}
              </DataList>
            </Stack>
          ))}
      </div>
      {unanswered.length > 0 ? (
        <Text size="sm" c="dimmed">
          Skipped or not asked: {unanswered.map(({ title }) => title).join(', ')}
        </Text>
      ) : null}
    </Stack>
  )
}
