import { Group } from '@mantine/core'
import type { Days } from '../records/days.ts'
import classes from './question-chart.module.css'

// Days are those of the filter, whatever the zone of the reader.
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })

/** Which bar is of which period. */
export function Legend({ now, before }: { now: Days; before: Days }) {
  return (
    <Group gap="lg" fz="sm">
      <span className={classes.legend}>
        <span className={classes.bar} data-period="now" aria-hidden /> Now: {daysText(now)}
      </span>
      <span className={classes.legend}>
        <span className={classes.bar} data-period="before" aria-hidden /> Before: {daysText(before)}
      </span>
    </Group>
  )
}

function daysText({ from, to }: Days): string {
  if (from && to) return from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`
  if (from) return `from ${dayText(from)}`
  return to ? `until ${dayText(to)}` : 'any time'
}

function dayText(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`))
}
