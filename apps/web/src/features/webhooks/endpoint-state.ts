import type { WebhookEndpoint } from '@gangway/schemas/webhooks'

interface EndpointState {
  text: string
  tone: 'good' | 'bad' | 'neutral'
}

const OFF = {
  person: 'Off',
  failing: 'Turned off: nothing arrived for five days',
  gone: 'Turned off: it answered 410 Gone',
} as const

/** How an endpoint is, in a few words. */
export function endpointState({ disabledReason, failingSince }: WebhookEndpoint): EndpointState {
  if (disabledReason) return { text: OFF[disabledReason], tone: disabledReason === 'person' ? 'neutral' : 'bad' }
  if (failingSince)
    return { text: `Failing since ${failingSince.toLocaleDateString('en', { dateStyle: 'medium' })}`, tone: 'bad' }
  return { text: 'On', tone: 'good' }
}
