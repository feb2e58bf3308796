'use client'

import { TextInput } from '@mantine/core'
import { type Days, isBackwards } from './days.ts'

interface DayFiltersProps {
  /** What happened on these days: `Completed`, `Created`. */
  what: string
  days: Days
  onChange: (days: Days) => void
}

/** The first and the last day of a window. */
export function DayFilters({ what, days: { from, to }, onChange }: DayFiltersProps) {
  return (
    <>
      <TextInput
        label={`${what} from`}
        type="date"
        value={from}
        onChange={(event) => onChange({ from: event.currentTarget.value, to })}
      />
      <TextInput
        label={`${what} to`}
        type="date"
        value={to}
        onChange={(event) => onChange({ from, to: event.currentTarget.value })}
        error={isBackwards({ from, to }) ? 'This is before the first day.' : undefined}
      />
    </>
  )
}
