'use client'

import { fieldLabel } from '@gangway/schemas/answer-labels'
import type { Option, StepId } from '@gangway/schemas/questionnaire'
import { Checkbox, SimpleGrid } from '@mantine/core'
import { type Control, Controller, type FieldPathByValue, type FieldValues } from 'react-hook-form'
import { fieldId } from './field-id.ts'

interface CheckboxFieldProps<Values extends FieldValues> {
  step: StepId
  name: FieldPathByValue<Values, string[]>
  control: Control<Values, unknown, unknown>
  options: readonly Option[]
}

/** Any of a short list. */
export function CheckboxField<Values extends FieldValues>({ step, name, control, options }: CheckboxFieldProps<Values>) {
  return (
    <Controller
      name={name}
      control={control}
      render={({ field, fieldState }) => (
        <Checkbox.Group
          id={fieldId(step, name)}
          label={fieldLabel(step, name)}
          description="Any that apply."
          value={field.value}
          onChange={field.onChange}
          error={fieldState.error?.message}
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="sm">
            {options.map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} onBlur={field.onBlur} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    />
  )
}
