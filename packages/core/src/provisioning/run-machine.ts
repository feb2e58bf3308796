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
 * sweeper did; a run that is `running` without a holder just goes on. `defer`: the warehouse is done and Postgres could
 * not be told. `undo`: every stage is undone, in reverse order, and the payment given back.
 */
import type { RunState } from '@gangway/schemas/provisioning'

export const TRANSITIONS = {
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

/** Where a run can be put to work: on its way to `pending` and `running`, stopped by a failure, or left by its holder. */
export const WORKABLE = ['awaiting_payment', 'pending', 'failed', 'running'] as const satisfies RunState[]
