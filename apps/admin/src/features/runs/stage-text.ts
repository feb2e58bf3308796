import { STAGE_IDS, STAGE_LABELS } from '@gangway/schemas/provisioning'
import type { RunRow } from '@gangway/schemas/runs'

/** Where a run is: `3 of 5 · Setting up workspace`, `All 5 completed`, or `All undone`. */
export function stageText({ state, stage, stagesCompleted }: Pick<RunRow, 'state' | 'stage' | 'stagesCompleted'>): string {
  if (state === 'rolled_back') return 'All undone'
  if (!stage) return `All ${STAGE_IDS.length} completed`
  return `${stagesCompleted + 1} of ${STAGE_IDS.length} · ${STAGE_LABELS[stage]}`
}
