'use client'

import { FIELD_TYPES, type ManifestField, type ManifestStep, textIn } from '@gangway/schemas/manifest'
import { Button, Collapse, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { earlierQuestions } from './condition-rules.ts'
import { useDraftContext } from './draft-context.ts'
import { type Direction, moved, newField, replaced } from './edit-steps.ts'
import { FieldEditor } from './field-editor.tsx'
import classes from './field-list.module.css'
import { OrderButtons } from './order-buttons.tsx'
import { problemsIn } from './problems.ts'

interface FieldListProps {
  steps: readonly ManifestStep[]
  /** Which of the steps. */
  index: number
  path: string
  onChange: (fields: ManifestField[]) => void
}

/** A step's questions in their order, each of which opens. Alt and an arrow moves the one that has the focus. */
export function FieldList({ steps, index, path, onChange }: FieldListProps) {
  const fields = steps[index]?.fields ?? []
  const [open, setOpen] = useState<number | null>(null)

  function move(place: number, by: Direction) {
    const target = place + by
    if (target < 0 || target >= fields.length) return
    onChange(moved(fields, place, by))
    setOpen(open === place ? target : open === target ? place : open)
    requestAnimationFrame(() => document.getElementById(`${path}.${target}`)?.focus())
  }

  function onKeyDown(event: KeyboardEvent, place: number) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    move(place, event.key === 'ArrowUp' ? -1 : 1)
  }

  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        Questions
      </Title>
      <ol className={classes.list}>
        {fields.map((field, place) => (
          <li key={place} className={classes.item}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <UnstyledButton
                id={`${path}.${place}`}
                className={classes.opener}
                aria-expanded={open === place}
                aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                onClick={() => setOpen(open === place ? null : place)}
                onKeyDown={(event) => onKeyDown(event, place)}
              >
                <FieldLine field={field} path={`${path}.${place}`} />
              </UnstyledButton>
              <OrderButtons
                name={textIn(field.label, 'en') || field.name}
                index={place}
                count={fields.length}
                onMove={(by) => move(place, by)}
                onRemove={() => {
                  setOpen(null)
                  onChange(fields.toSpliced(place, 1))
                }}
              />
            </Group>
            <Collapse expanded={open === place}>
              {open === place ? (
                <div className={classes.inside}>
                  <FieldEditor
                    path={`${path}.${place}`}
                    field={field}
                    earlier={earlierQuestions(steps, index, place)}
                    onChange={(next) => onChange(replaced(fields, place, next))}
                  />
                </div>
              ) : null}
            </Collapse>
          </li>
        ))}
      </ol>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            onChange([...fields, newField(fields)])
            setOpen(fields.length)
          }}
        >
          Add a question
        </Button>
      </Group>
    </Stack>
  )
}

function FieldLine({ field, path }: { field: ManifestField; path: string }) {
  const { problems, language } = useDraftContext()
  const count = problemsIn(problems, path)
  const type = FIELD_TYPES.find(({ value }) => value === field.type)?.label
  const notes = [
    type,
    field.required ? 'required' : '',
    field.showIf ? 'conditional' : '',
    field.flag ? `flag ${field.flag}` : '',
  ]
  return (
    <>
      <Text span size="sm" fw={500} display="block">
        {textIn(field.label, language) || field.name}
      </Text>
      <Text span size="xs" c="dimmed">
        {notes.filter(Boolean).join(' · ')}
      </Text>
      {count > 0 ? (
        <Text span size="xs" c="var(--mantine-color-error)" ml="xs">
          {count === 1 ? 'One problem' : `${count} problems`}
        </Text>
      ) : null}
    </>
  )
}
