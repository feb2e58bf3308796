import type { ExportState } from '@gangway/schemas/exports'
import { StatusLabel, type Tone } from '../records/status-label.tsx'

const LABELS: Record<ExportState, { tone: Tone; label: string }> = {
  queued: { tone: 'neutral', label: 'Queued' },
  running: { tone: 'active', label: 'Running' },
  succeeded: { tone: 'good', label: 'Ready' },
  failed: { tone: 'bad', label: 'Failed' },
  cancelled: { tone: 'neutral', label: 'Cancelled' },
  expired: { tone: 'neutral', label: 'File deleted' },
}

export function ExportStateLabel({ state }: { state: ExportState }) {
  return <StatusLabel tone={LABELS[state].tone}>{LABELS[state].label}</StatusLabel>
}

/** Whether something more will happen to it. */
export function isUnderWay(state: ExportState): boolean {
  return state === 'queued' || state === 'running'
}
