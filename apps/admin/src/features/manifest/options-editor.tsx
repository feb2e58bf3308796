'use client'

import type { FieldOption } from '@gangway/schemas/manifest'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useDraftContext } from './draft-context.ts'
import { freeName, moved, replaced } from './edit-steps.ts'
import { LocalizedInput } from './localized-input.tsx'
import { OrderButtons } from './order-buttons.tsx'
import { problemAt } from './problems.ts'

interface OptionsEditorProps {
  path: string
  options: readonly FieldOption[]
  onChange: (options: FieldOption[]) => void
}

/** What can be chosen: a value, which is kept and counted, and what people read. */
export function OptionsEditor({ path, options, onChange }: OptionsEditorProps) {
  const { problems } = useDraftContext()
  const problem = problemAt(problems, path)
  return (
    <Stack gap="xs" role="group" aria-label="Options">
      <Text size="sm" fw={500}>
        Options
      </Text>
      {problem ? (
        <Text size="xs" c="var(--mantine-color-error)">
          {problem}
        </Text>
      ) : null}
      {options.map((option, index) => (
        <Group key={index} gap="xs" align="flex-end" justify="flex-end">
          <TextInput
            label="Value"
            style={{ flex: '1 1 8rem' }}
            value={option.value}
            onChange={(event) => onChange(replaced(options, index, { ...option, value: event.currentTarget.value }))}
            error={problemAt(problems, `${path}.${index}.value`)}
          />
          <div style={{ flex: '2 1 8rem' }}>
            <LocalizedInput
              label="Text"
              path={`${path}.${index}.label`}
              value={option.label}
              onChange={(label) => onChange(replaced(options, index, { ...option, label }))}
            />
          </div>
          <OrderButtons
            name={`option ${index + 1}`}
            index={index}
            count={options.length}
            onMove={(by) => onChange(moved(options, index, by))}
            onRemove={() => onChange(options.toSpliced(index, 1))}
          />
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            onChange([
              ...options,
              {
                value: freeName(
                  'option',
                  options.map(({ value }) => value),
                ),
                label: { en: '' },
              },
            ])
          }
        >
          Add an option
        </Button>
      </Group>
    </Stack>
  )
}
