import type { Health } from '@gangway/schemas/doctor'
import { StatusLabel, type Tone } from '../records/status-label.tsx'

export const HEALTH_LABELS: Record<Health, string> = {
  healthy: 'Healthy',
  differs: 'Differs',
  unknown: 'Could not be examined',
  unexamined: 'Not examined yet',
}

const TONES: Record<Health, Tone> = { healthy: 'good', differs: 'bad', unknown: 'warning', unexamined: 'neutral' }

export function HealthLabel({ health }: { health: Health }) {
  return <StatusLabel tone={TONES[health]}>{HEALTH_LABELS[health]}</StatusLabel>
}
