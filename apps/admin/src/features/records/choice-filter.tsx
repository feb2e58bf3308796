'use client'

import { MultiSelect } from '@mantine/core'
import classes from './filters.module.css'

interface ChoiceFilterProps<Choice extends string> {
  label: string
  /** For when nothing is chosen: `Any state`. */
  any: string
  choices: readonly { value: Choice; label: string }[]
  value: Choice[]
  onChange: (value: Choice[]) => void
}

/** Several of a few; none is no filter. */
export function ChoiceFilter<Choice extends string>({ label, any, choices, value, onChange }: ChoiceFilterProps<Choice>) {
  return (
    <MultiSelect<Choice>
      label={label}
      placeholder={value.length === 0 ? any : undefined}
      data={choices}
      value={value}
      onChange={onChange}
      comboboxProps={{ withinPortal: false }}
      withScrollArea={false}
      searchable
      clearable
      nothingFoundMessage={`No such ${label.toLowerCase()}`}
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}s` }}
      className={classes.choice}
      // Beside what is chosen, and not below it, is room enough to type.
      styles={{ inputField: value.length > 0 ? { minWidth: 40 } : {} }}
    />
  )
}
