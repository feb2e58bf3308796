'use client'

import { TagsInput as Input } from '@mantine/core'
import { useState } from 'react'
import { Controller } from 'react-hook-form'
import { useWords } from '../../words/words.ts'
import { listOf } from '../draft-values.ts'
import { LIST_IN_PLACE } from './list-in-place.ts'
import { describedBy, optionsIn, type QuestionProps, requiredMark } from './question-props.ts'

/** Any of a long list that can be searched, and what people add themselves. */
export function TagsInput(props: QuestionProps) {
  const { field, control } = props
  const words = useWords()
  // Closed after each choice: an open list would lie over the button that comes next.
  const [isOpen, setOpen] = useState(false)
  const options = optionsIn(props)
  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value
  const valueOf = (label: string) => options.find((option) => option.label === label)?.value ?? label
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: input, fieldState }) => (
        <Input
          {...input}
          value={listOf(input.value).map(labelOf)}
          onChange={(labels) => {
            input.onChange(labels.map(valueOf))
            setOpen(false)
          }}
          dropdownOpened={isOpen}
          onDropdownOpen={() => setOpen(true)}
          onDropdownClose={() => setOpen(false)}
          {...describedBy(props)}
          {...requiredMark(props)}
          data={options.map(({ label }) => label)}
          maxTags={field.validation?.max ?? 100}
          {...LIST_IN_PLACE}
          acceptValueOnBlur
          clearable
          clearButtonProps={{ 'aria-label': words.removeAll(describedBy(props).label) }}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
