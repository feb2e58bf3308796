import type { WebhookDelivery } from '@gangway/schemas/webhooks'

interface DeliveryState {
  text: string
  tone: 'good' | 'bad' | 'neutral'
}

/** How far a delivery is, in a word or two. */
export function deliveryState({ status, attempts }: Pick<WebhookDelivery, 'status' | 'attempts'>): DeliveryState {
  switch (status) {
    case 'succeeded':
      return { text: 'Delivered', tone: 'good' }
    case 'failed':
      return { text: 'Failed', tone: 'bad' }
    case 'pending':
      return attempts === 0 ? { text: 'On its way', tone: 'neutral' } : { text: 'Tried again later', tone: 'bad' }
  }
}
