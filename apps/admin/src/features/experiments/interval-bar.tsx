import type { Estimate } from '@gangway/schemas/experiments'
import classes from './interval-bar.module.css'

interface IntervalBarProps {
  estimate: Estimate
  /** What stands at the two ends of the line. */
  from: number
  to: number
}

/** An estimate on a line, with the interval around it; a line that has room for less than nothing shows where nothing is. The numbers are beside it. */
export function IntervalBar({ estimate: { value, low, high }, from, to }: IntervalBarProps) {
  const place = (number: number) => ((number - from) / (to - from)) * 100
  return (
    <svg className={classes.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
      <rect className={classes.line} x="0" y="3" width="100" height="2" />
      {from < 0 ? <rect className={classes.nothing} x={place(0) - 0.25} y="0" width="0.5" height="8" /> : null}
      <rect className={classes.interval} x={place(low)} y="1.5" width={Math.max(0.5, place(high) - place(low))} height="5" />
      <rect className={classes.value} x={place(value) - 0.5} y="0" width="1" height="8" />
    </svg>
  )
}
