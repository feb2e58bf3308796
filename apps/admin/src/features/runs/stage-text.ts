import { STAGE_IDS, STAGE_LABELS } from '@gangway/schemas/provisioning'
import type { RunRow } from '@gangway/schemas/runs'

/** Where a run is: `3 of 5 · Setting up workspace`, or `All 5 completed`. */
export function stageText({ stage, stagesCompleted }: Pick<RunRow, 'stage' | 'stagesCompleted'>): string {
  if (!stage) return `All ${STAGE_IDS.length} completed`
  return `${stagesCompleted + 1} of ${STAGE_IDS.length} · ${STAGE_LABELS[stage]}`
}
