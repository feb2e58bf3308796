'use client'

import { fieldLabel } from '@gangway/schemas/answer-labels'
import type { Option, StepId } from '@gangway/schemas/questionnaire'
import { NativeSelect } from '@mantine/core'
import { type Control, Controller, type FieldPathByValue, type FieldValues } from 'react-hook-form'
import { fieldId } from './field-id.ts'

export interface OptionGroup {
  group: string
  items: Option[]
}

interface ChoiceFieldProps<Values extends FieldValues> {
  step: StepId
  name: FieldPathByValue<Values, string | null>
  control: Control<Values, unknown, unknown>
  options: readonly (Option | OptionGroup)[]
  required?: boolean
}

/** One of a short list. The browser's own control: the best there is on a phone, and the lightest. */
export function ChoiceField<Values extends FieldValues>({
  step,
  name,
  control,
  options,
  required = false,
}: ChoiceFieldProps<Values>) {
  return (
    <Controller
      name={name}
      control={control}
      render={({ field, fieldState }) => (
        <NativeSelect
          {...field}
          value={field.value ?? ''}
          onChange={(event) => field.onChange(event.currentTarget.value || null)}
          id={fieldId(step, name)}
          label={fieldLabel(step, name)}
          data={[{ value: '', label: required ? 'Choose…' : 'No answer' }, ...options]}
          withAsterisk={required}
          aria-required={required}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
