import { answerParts, fieldLabel, orderedFields, orderedSteps, stepLabel } from '@gangway/schemas/answer-labels'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { DataList, Stack, Text, Title } from '@mantine/core'
import classes from './answers-by-step.module.css'

/** All answers of one completion, in the order of the questionnaire. */
export function AnswersByStep({ answers }: { answers: DraftAnswers }) {
  return (
    <div className={classes.steps}>
      {orderedSteps(answers).map((id) => {
        const given = answers[id] ?? {}
        const fields = orderedFields(id, given)
          .map((field) => ({ field, parts: answerParts(id, field, given[field]) }))
          .filter(({ parts }) => parts.length > 0)
        return (
          <Stack key={id} component="section" gap="xs">
            <Title order={3} size="h5">
              {stepLabel(id)}
            </Title>
            {fields.length === 0 ? (
              <Text size="sm" c="dimmed">
                Not answered
              </Text>
            ) : (
              <DataList gap="xs" labelWidth="8.5rem">
                {fields.map(({ field, parts }) => (
                  <DataList.Item key={field}>
                    <DataList.ItemLabel>{fieldLabel(id, field)}</DataList.ItemLabel>
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
