import { type ProgressEvent, STAGE_IDS, STAGE_LABELS, type StageId } from '@gangway/schemas/provisioning'

export interface StageProgress {
  stage: StageId
  label: string
  status: 'waiting' | 'running' | 'retrying' | 'completed' | 'failed'
  /** How long it took, or has taken so far. */
  ms: number
  /** What the customer is told, while it stands. */
  message: string | null
}

/** The five stages as a run's journal tells of them so far, `now` in ms. */
export function stagesOf(journal: readonly ProgressEvent[], now: number): StageProgress[] {
  return STAGE_IDS.map((stage) => {
    const events = journal.filter((event) => event.stage === stage)
    const last = events.at(-1)
    const label = STAGE_LABELS[stage]
    if (!last || last.status === 'undone') return { stage, label, status: 'waiting', ms: 0, message: null }
    const began = events.find(({ status }) => status === 'started') ?? last
    const status = last.status === 'started' ? 'running' : last.status
    const until = status === 'completed' || status === 'failed' ? last.at.getTime() : now
    return { stage, label, status, ms: Math.max(0, until - began.at.getTime()), message: last.failure?.message ?? null }
  })
}
