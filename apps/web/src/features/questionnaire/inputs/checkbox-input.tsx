'use client'

import { Checkbox, SimpleGrid } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { listOf } from '../draft-values.ts'
import { describedBy, optionsIn, type QuestionProps } from './question-props.ts'

/** Any of a short list. */
export function CheckboxInput(props: QuestionProps) {
  const { field, control } = props
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: input, fieldState }) => (
        <Checkbox.Group
          {...describedBy(props)}
          withAsterisk={field.required}
          value={listOf(input.value)}
          onChange={input.onChange}
          error={fieldState.error?.message}
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="sm">
            {optionsIn(props).map(({ value, label }) => (
              <Checkbox key={value} value={value} label={label} onBlur={input.onBlur} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    />
  )
}
