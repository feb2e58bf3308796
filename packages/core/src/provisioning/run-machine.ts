/**
 * A run's states, and every transition that there is:
 *
 *  awaiting_payment ─paid─► pending ─advance─► running ─finish──► succeeded
 *          ▲                                    │ │ │
 *          └────────────park────────────────────┘ │ └─defer─► needs_sync ─sync─► succeeded
 *                                                fail
 *                                                 ▼
 *                     running ◄──resume──────── failed ─cancel─► cancelled ─undo─► rolled_back
 *
 * `park`: the first stage found a payment that clears later. `resume`: the customer fixed it, an admin retried, or the
 * sweeper did. `defer`: the warehouse is done and Postgres could not be told.
 */
import type { RunState } from '@gangway/schemas/provisioning'

const TRANSITIONS = {
  awaiting_payment: { paid: 'pending' },
  pending: { advance: 'running' },
  running: { park: 'awaiting_payment', finish: 'succeeded', fail: 'failed', defer: 'needs_sync' },
  failed: { resume: 'running', cancel: 'cancelled' },
  cancelled: { undo: 'rolled_back' },
  needs_sync: { sync: 'succeeded' },
  succeeded: {},
  rolled_back: {},
} as const satisfies Record<RunState, Record<string, RunState>>

type Transitions = typeof TRANSITIONS

export type Transition<From extends RunState> = keyof Transitions[From]

/** The state after a transition. One that is not in the table does not compile. */
export function next<From extends RunState, Name extends Transition<From>>(from: From, name: Name): Transitions[From][Name] {
  return TRANSITIONS[from][name]
}

/** How a run that is not running gets there; null for one that has ended, or waits for something else. */
export function toRunning(state: RunState): 'running' | null {
  switch (state) {
    case 'awaiting_payment':
      return next(next(state, 'paid'), 'advance')
    case 'pending':
      return next(state, 'advance')
    case 'failed':
      return next(state, 'resume')
    // Its holder died or let go: the run goes on where it was.
    case 'running':
      return 'running'
    case 'cancelled':
    case 'needs_sync':
    case 'succeeded':
    case 'rolled_back':
      return null
  }
}
