'use client'

import { Switch } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { flagOf } from '../draft-values.ts'
import { describedBy, type QuestionProps } from './question-props.ts'

export function SwitchInput(props: QuestionProps) {
  const { field, control } = props
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: { value, onChange, ...input }, fieldState }) => (
        <Switch
          {...input}
          checked={flagOf(value)}
          onChange={(event) => onChange(event.currentTarget.checked)}
          {...describedBy(props)}
          aria-required={field.required || undefined}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
