'use client'

import type { Option } from '@gangway/schemas/questionnaire'
import { NativeSelect } from '@mantine/core'
import { Controller } from 'react-hook-form'
import { useWords } from '../../words/words.ts'
import { textOf } from '../draft-values.ts'
import { describedBy, optionsIn, type QuestionProps, requiredMark } from './question-props.ts'

interface ChoiceInputProps extends QuestionProps {
  /** Instead of the question's own options. */
  groups?: readonly { group: string; items: Option[] }[]
}

/** One of a short list. The browser's own control: the best there is on a phone, and the lightest. */
export function ChoiceInput({ groups, ...props }: ChoiceInputProps) {
  const { field, control } = props
  const words = useWords()
  return (
    <Controller
      name={field.name}
      control={control}
      render={({ field: input, fieldState }) => (
        <NativeSelect
          {...input}
          value={textOf(input.value)}
          onChange={(event) => input.onChange(event.currentTarget.value || null)}
          {...describedBy(props)}
          {...requiredMark(props)}
          data={[{ value: '', label: field.required ? words.choose : words.noAnswer }, ...(groups ?? optionsIn(props))]}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}
