import { Group } from '@mantine/core'
import type { Days } from '../records/days.ts'
import classes from './question-chart.module.css'

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
  if (from && to) return from === to ? from : `${from} to ${to}`
  if (from) return `from ${from}`
  return to ? `until ${to}` : 'any time'
}
