import type { StageId } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../../context.ts'
import type { Checkout } from '../../ports/index.ts'
import type { Effects } from '../effects.ts'
import type { RunPatch } from '../journal.ts'
import type { Owner } from '../owner.ts'
import type { Run } from '../run-row.ts'

export interface StageInput {
  run: Run
  /** Aborted when the stage's time is over. */
  signal: AbortSignal
  /** The checkout as the provider had it when this call began; undefined on a resume. */
  checkout: Checkout | undefined
  /** As it was when this call began. */
  owner: Owner
}

export type StageOutcome =
  | {
      kind: 'completed'
      detail: Record<string, unknown>
      patch?: RunPatch
      effects?: Effects
      /** What is kept for later when all is done outside and Postgres cannot be told. */
      deferred?: Effects['pendingSync']
    }
  /** The payment clears later: nothing to do until then. */
  | { kind: 'parked'; detail: Record<string, unknown> }

export interface Undone {
  detail: Record<string, unknown>
  patch?: RunPatch
  effects?: Effects
}

/** How to take a stage back, also where it was done in part, or taken back before. */
export interface Undo {
  /** What has to go outside. Safe to repeat. */
  outside?(ctx: ProvisioningContext, run: Run): Promise<void>
  /** What changes in Postgres. */
  inside(ctx: ProvisioningContext, run: Run): Undone
}

/**
 * One of the five. Talks to the outside first and only then says what changes in Postgres; whatever it does outside can
 * be repeated, because a process may die between the two.
 */
export interface Stage {
  id: StageId
  run(ctx: ProvisioningContext, input: StageInput): Promise<StageOutcome>
  /**
   * Called by a holder that lost the lock while this stage was under way: it may have made something after others had
   * cleaned up behind it. Takes away what nobody can be using, and nothing else.
   */
  leave?(ctx: ProvisioningContext, run: Run): Promise<void>
  /** Absent where there is nothing to take back. */
  undo?: Undo
}
