'use client'

import type { FieldType } from '@gangway/schemas/manifest'
import { TextInput as Input } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { textOf } from '../draft-values.ts'
import { describedBy, type QuestionProps, requiredMark } from './question-props.ts'

/** The browser's own help for each kind: keyboards on phones, a calendar for a day. */
const KINDS: Partial<Record<FieldType, { type: string; inputMode?: 'decimal' | 'url' }>> = {
  number: { type: 'text', inputMode: 'decimal' },
  url: { type: 'url', inputMode: 'url' },
  date: { type: 'date' },
}

export function TextInput(props: QuestionProps) {
  const { field, control } = props
  const { validation = {} } = field
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: input, fieldState }) => (
        <Input
          {...input}
          value={textOf(input.value)}
          {...describedBy(props)}
          {...requiredMark(props)}
          {...KINDS[field.type]}
          {...(field.type === 'date' && { min: validation.earliest, max: validation.latest })}
          autoComplete={field.autocomplete}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
