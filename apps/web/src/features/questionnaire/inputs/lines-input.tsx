'use client'

import { Textarea } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { textOf } from '../draft-values.ts'
import { describedBy, type QuestionProps, requiredMark } from './question-props.ts'

/** Several lines of text. */
export function LinesInput(props: QuestionProps) {
  const { field, control } = props
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: input, fieldState }) => (
        <Textarea
          {...input}
          value={textOf(input.value)}
          {...describedBy(props)}
          {...requiredMark(props)}
          rows={4}
          resize="vertical"
          autoComplete={field.autocomplete}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
