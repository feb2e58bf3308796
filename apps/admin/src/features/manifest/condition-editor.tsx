'use client'

import type { Condition } from '@gangway/schemas/manifest-conditions'
import { ActionIcon, Button, Code, Group, NativeSelect, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { conditionOf, type EarlierQuestion, operatorsFor, type Rule, rulesOf, valuesFor } from './condition-rules.ts'
import { useDraftContext } from './draft-context.ts'
import { replaced } from './edit-steps.ts'
import { problemAt } from './problems.ts'

interface ConditionEditorProps {
  path: string
  value: Condition | undefined
  earlier: readonly EarlierQuestion[]
  onChange: (value: Condition | undefined) => void
}

/** When a step or a question is asked. */
export function ConditionEditor({ path, value, earlier, onChange }: ConditionEditorProps) {
  const { problems } = useDraftContext()
  const rules = rulesOf(value)
  const problem = problemAt(problems, path)
  const first = earlier[0]
  return (
    <Stack gap="xs" role="group" aria-label="Asked when">
      <Text size="sm" fw={500}>
        Asked when
      </Text>
      {rules === null ? (
        <Text size="sm" c="dimmed">
          <Code>{JSON.stringify(value)}</Code> is edited as JSON.
        </Text>
      ) : null}
      {rules?.rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          Always.
        </Text>
      ) : null}
      {rules && rules.rules.length > 1 ? (
        <NativeSelect
          aria-label="How many of the rules have to hold"
          w="12rem"
          data={[
            { value: 'all', label: 'All of these hold' },
            { value: 'any', label: 'Any of these holds' },
          ]}
          value={rules.match}
          onChange={(event) =>
            onChange(conditionOf({ ...rules, match: event.currentTarget.value === 'any' ? 'any' : 'all' }, earlier))
          }
        />
      ) : null}
      {rules?.rules.map((rule, index) => (
        <RuleRow
          key={index}
          rule={rule}
          number={index + 1}
          earlier={earlier}
          onChange={(next) => onChange(conditionOf({ ...rules, rules: replaced(rules.rules, index, next) }, earlier))}
          onRemove={() => onChange(conditionOf({ ...rules, rules: rules.rules.toSpliced(index, 1) }, earlier))}
        />
      ))}
      {problem ? (
        <Text size="xs" c="var(--mantine-color-error)">
          {problem}
        </Text>
      ) : null}
      {rules && first ? (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange(conditionOf({ ...rules, rules: [...rules.rules, freshRule(first)] }, earlier))}
          >
            Add a rule
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}

function freshRule(question: EarlierQuestion): Rule {
  const [operator = { value: 'equals' as const }] = operatorsFor(question)
  return { field: question.value, operator: operator.value, values: [valuesFor(question)[0]?.value ?? ''] }
}

interface RuleRowProps {
  rule: Rule
  number: number
  earlier: readonly EarlierQuestion[]
  onChange: (rule: Rule) => void
  onRemove: () => void
}

function RuleRow({ rule, number, earlier, onChange, onRemove }: RuleRowProps) {
  const question = earlier.find(({ value }) => value === rule.field)
  const known = earlier.map(({ value, label }) => ({ value, label }))
  const operators = operatorsFor(question)
  const values = valuesFor(question)
  const isSeveral = rule.operator.endsWith('in')
  return (
    <Group gap="xs" wrap="wrap" align="flex-start">
      <NativeSelect
        aria-label={`Question of rule ${number}`}
        data={question ? known : [{ value: rule.field, label: rule.field }, ...known]}
        value={rule.field}
        onChange={(event) => {
          const next = earlier.find(({ value }) => value === event.currentTarget.value)
          if (next) onChange(freshRule(next))
        }}
      />
      <NativeSelect
        aria-label={`Comparison of rule ${number}`}
        data={[...operators]}
        value={rule.operator}
        onChange={(event) => {
          const next = operators.find(({ value }) => value === event.currentTarget.value)
          if (next) onChange({ ...rule, operator: next.value })
        }}
      />
      {isSeveral ? (
        <TagsInput
          aria-label={`Values of rule ${number}`}
          data={values}
          value={rule.values}
          onChange={(chosen) => onChange({ ...rule, values: chosen })}
        />
      ) : values.length > 0 ? (
        <NativeSelect
          aria-label={`Value of rule ${number}`}
          data={values}
          value={rule.values[0] ?? ''}
          onChange={(event) => onChange({ ...rule, values: [event.currentTarget.value] })}
        />
      ) : (
        <TextInput
          aria-label={`Value of rule ${number}`}
          value={rule.values[0] ?? ''}
          onChange={(event) => onChange({ ...rule, values: [event.currentTarget.value] })}
        />
      )}
      <ActionIcon variant="subtle" color="gray" mt={4} aria-label={`Remove rule ${number}`} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
