'use client'

import { ActionIcon, Button, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { get, useController, useFormState } from 'react-hook-form'
import { useWords } from '../../words/words.ts'
import { rowsOf } from '../draft-values.ts'
import { fieldId } from '../field-id.ts'
import styles from './e-mail-rows.module.css'
import { describedBy, optionsIn, type QuestionProps } from './question-props.ts'

const LIMIT = 20

/** Colleagues by their addresses, each with a role where there are roles to give. */
export function EmailRows(props: QuestionProps) {
  const { step, field, control } = props
  const words = useWords()
  const { field: input } = useController({ name: field.name, control })
  const { errors } = useFormState({ control, name: field.name })
  const list = useRef<HTMLUListElement>(null)
  const roles = optionsIn(props)
  const rows = rowsOf(input.value)
  const limit = Math.min(field.validation?.max ?? LIMIT, LIMIT)
  const isFull = rows.length >= limit
  const { id, label, description } = describedBy(props)

  function change(index: number, part: Record<string, string>): void {
    input.onChange(rows.map((row, place) => (place === index ? { ...row, ...part } : row)))
  }

  function add(): void {
    input.onChange([...rows, blankRow(roles)])
    // The new row is there once this has been drawn.
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }

  return (
    <div role="group" aria-label={label} id={id}>
      {description && (
        <Text size="xs" c="dimmed" mb="xs">
          {description}
        </Text>
      )}
      <ul className={styles.list} ref={list}>
        {rows.map((row, index) => (
          // Rows have nothing of their own to be told apart by, and hold no state.
          <li key={index} className={styles.row}>
            <TextInput
              id={fieldId(step, `${field.name}.${index}.email`)}
              label={words.emailOf(index + 1)}
              type="email"
              autoComplete="off"
              className={styles.email}
              value={row['email'] ?? ''}
              onChange={(event) => change(index, { email: event.currentTarget.value })}
              onBlur={input.onBlur}
              error={messageAt(errors, `${field.name}.${index}.email`)}
            />
            {roles.length > 0 && (
              <NativeSelect
                label={words.roleOf(index + 1)}
                data={roles}
                value={row['role'] ?? ''}
                onChange={(event) => change(index, { role: event.currentTarget.value })}
                error={messageAt(errors, `${field.name}.${index}.role`)}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="input-sm"
              className={styles.remove}
              aria-label={words.remove(index + 1)}
              onClick={() => input.onChange(rows.filter((_, place) => place !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button variant="default" mt="md" leftSection={<IconPlus size={16} aria-hidden />} disabled={isFull} onClick={add}>
        {words.addColleague}
      </Button>
      <Text size="sm" c="dimmed" mt="xs">
        {isFull ? words.isFull(limit) : words.upTo(limit)}
      </Text>
      {messageAt(errors, field.name) && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {messageAt(errors, field.name)}
        </Text>
      )}
    </div>
  )
}

function blankRow(roles: readonly { value: string }[]): Record<string, string> {
  return roles[0] ? { email: '', role: roles[0].value } : { email: '' }
}

function messageAt(errors: object, path: string): string | undefined {
  const message: unknown = get(errors, `${path}.message`) ?? get(errors, `${path}.root.message`)
  return typeof message === 'string' ? message : undefined
}
