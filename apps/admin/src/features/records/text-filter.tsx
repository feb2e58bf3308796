'use client'

import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import classes from './filters.module.css'

interface TextFilterProps {
  label: string
  /** What can be looked for. */
  placeholder: string
  value: string
  onChange: (value: string) => void
}

export function TextFilter({ label, placeholder, value, onChange }: TextFilterProps) {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      type="search"
      maxLength={200}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      className={classes.choice}
    />
  )
}
