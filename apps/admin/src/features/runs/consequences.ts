import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import type { RunRow } from '@gangway/schemas/runs'

const DONE_ANEW: Partial<Record<StageId, string>> = {
  create_organization: 'The organization is given up and created anew.',
  set_up_workspace: 'The workspace is deleted with all its rows, and set up anew.',
  generate_api_key: 'The API key is revoked, and the customer gets another one.',
}

const UNDONE: Partial<Record<StageId, string>> = {
  create_organization: 'The organization is given up, and its slug is free for others.',
  set_up_workspace: 'The workspace is deleted with all its rows.',
  generate_api_key: 'The API key is revoked.',
}

/** The stages that a run has come to, the one it stopped at included: even in part, it is undone. */
export function reachedStages({ stagesCompleted }: Pick<RunRow, 'stagesCompleted'>): StageId[] {
  return STAGE_IDS.slice(0, stagesCompleted + 1)
}

/** What a retry from a stage does beyond going on. */
export function retryConsequences(run: Pick<RunRow, 'stagesCompleted'>, fromStage: StageId): string[] {
  const again = reachedStages(run).slice(STAGE_IDS.indexOf(fromStage))
  return again.flatMap((stage) => DONE_ANEW[stage] ?? [])
}

/** What a roll-back does, in its order. */
export function rollBackConsequences(run: Pick<RunRow, 'stagesCompleted' | 'origin'>): string[] {
  const undone = reachedStages(run)
    .toReversed()
    .flatMap((stage) => UNDONE[stage] ?? [])
  return [...undone, run.origin === 'operator' ? 'There is no payment to give back.' : 'The payment is refunded.']
}
