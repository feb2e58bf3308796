import type { ReactNode } from 'react'
import classes from './status-label.module.css'

export type Tone = 'neutral' | 'active' | 'good' | 'bad' | 'warning'

/** A state in words, with a dot whose colour repeats it. */
export function StatusLabel({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.status} data-tone={tone}>
      {children}
    </span>
  )
}
