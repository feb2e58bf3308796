import type { StageId } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../../context.ts'
import type { Checkout } from '../../ports/index.ts'
import type { Effect } from '../effects.ts'
import type { Run, RunPatch } from '../journal.ts'

export interface StageInput {
  run: Run
  /** The checkout as the provider had it when this call began; absent on a resume. */
  checkout?: Checkout
}

export type StageOutcome =
  | { kind: 'completed'; detail: Record<string, unknown>; patch?: RunPatch; effects?: Effect[] }
  /** The payment clears later: nothing to do until then. */
  | { kind: 'parked'; detail: Record<string, unknown> }

/**
 * One of the five. Talks to the outside first and only then says what changes in Postgres; whatever it does outside can
 * be repeated, because a process may die between the two.
 */
export interface Stage {
  id: StageId
  run(ctx: ProvisioningContext, input: StageInput): Promise<StageOutcome>
}
