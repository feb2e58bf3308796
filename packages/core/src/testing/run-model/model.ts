/** What is known of a run without looking at it. */
export interface Model {
  payment: 'none' | 'later' | 'paid'
  /** Hours that have passed: an unpaid checkout is gone after a day. */
  hours: number
  /** An admin has wanted to give the run up. */
  cancelWanted: boolean
}

export function newModel(): Model {
  return { payment: 'none', hours: 0, cancelWanted: false }
}

/** A payment that clears later does so after this. */
export const CLEARS_AFTER_MS = 600_000
