import type { PendingSyncStatus } from '@gangway/schemas/runs'
import { StatusLabel, type Tone } from '../records/status-label.tsx'

export const PENDING_SYNC_LABELS: Record<PendingSyncStatus, string> = {
  pending_sync: 'Waiting',
  syncing: 'Syncing',
  failed: 'Failed',
  synced: 'Synced',
}

const TONES: Record<PendingSyncStatus, Tone> = { pending_sync: 'neutral', syncing: 'active', failed: 'bad', synced: 'good' }

export function PendingSyncLabel({ status }: { status: PendingSyncStatus }) {
  return <StatusLabel tone={TONES[status]}>{PENDING_SYNC_LABELS[status]}</StatusLabel>
}
