import type { Estimate } from '@gangway/schemas/experiments'
import classes from './interval-bar.module.css'

/** A share on a line from none to all, with the interval around it. The numbers are beside it. */
export function IntervalBar({ estimate: { value, low, high } }: { estimate: Estimate }) {
  return (
    <svg className={classes.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
      <rect className={classes.line} x="0" y="3" width="100" height="2" />
      <rect className={classes.interval} x={low * 100} y="1.5" width={Math.max(0.5, (high - low) * 100)} height="5" />
      <rect className={classes.value} x={value * 100 - 0.5} y="0" width="1" height="8" />
    </svg>
  )
}
