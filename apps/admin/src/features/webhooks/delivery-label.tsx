import type { WebhookDelivery, WebhookDeliveryStatus } from '@gangway/schemas/webhooks'
import { StatusLabel, type Tone } from '../records/status-label.tsx'

export const DELIVERY_LABELS: Record<WebhookDeliveryStatus, string> = {
  pending: 'On its way',
  succeeded: 'Delivered',
  failed: 'Failed',
}

const TONES: Record<WebhookDeliveryStatus, Tone> = { pending: 'active', succeeded: 'good', failed: 'bad' }

export function DeliveryLabel({ delivery: { status, attempts } }: { delivery: Pick<WebhookDelivery, 'status' | 'attempts'> }) {
  if (status === 'pending' && attempts > 0) return <StatusLabel tone="warning">Tried again later</StatusLabel>
  return <StatusLabel tone={TONES[status]}>{DELIVERY_LABELS[status]}</StatusLabel>
}
