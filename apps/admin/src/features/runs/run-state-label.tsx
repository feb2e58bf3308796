import type { RunState } from '@gangway/schemas/provisioning'
import { StatusLabel, type Tone } from '../records/status-label.tsx'

export const RUN_STATE_LABELS: Record<RunState, string> = {
  awaiting_payment: 'Awaiting payment',
  pending: 'Pending',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  needs_sync: 'Needs sync',
  cancelled: 'Cancelled',
  rolled_back: 'Rolled back',
}

const TONES: Record<RunState, Tone> = {
  awaiting_payment: 'neutral',
  pending: 'neutral',
  running: 'active',
  succeeded: 'good',
  failed: 'bad',
  needs_sync: 'warning',
  cancelled: 'warning',
  rolled_back: 'neutral',
}

export function RunStateLabel({ state }: { state: RunState }) {
  return <StatusLabel tone={TONES[state]}>{RUN_STATE_LABELS[state]}</StatusLabel>
}
