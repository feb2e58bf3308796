'use client'

import { answerTexts, fieldLabel, stepLabel } from '@gangway/schemas/answer-labels'
import type { PersonHistory } from '@gangway/schemas/answers'
import { Stack, Table, Text, Title } from '@mantine/core'
import { useLabels } from './use-labels.ts'

type Change = PersonHistory['completions'][number]['changes'][number]

/** What is different from the completion before. */
export function ChangesTable({ changes }: { changes: readonly Change[] }) {
  const labels = useLabels()
  return (
    <Stack component="section" gap="xs">
      <Title order={3} size="h5">
        What changed
      </Title>
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing: the answers are those of the completion before.
        </Text>
      ) : (
        <Table aria-label="What changed" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Question</Table.Th>
              <Table.Th scope="col">Before</Table.Th>
              <Table.Th scope="col">After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(({ step, field, before, after }) => (
              <Table.Tr key={`${step}.${field}`}>
                <Table.Th scope="row" fw={500}>
                  {fieldLabel(step, field, labels)}
                  <Text span display="block" size="xs" c="dimmed" fw={400}>
                    {stepLabel(step, labels)}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <Value parts={answerTexts({ step, field, value: before }, labels)} />
                </Table.Td>
                <Table.Td>
                  <Value parts={answerTexts({ step, field, value: after }, labels)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  )
}

function Value({ parts }: { parts: string[] }) {
  return parts.length > 0 ? (
    parts.join(', ')
  ) : (
    <Text span size="sm" c="dimmed">
      Not answered
    </Text>
  )
}
