import type { WebhookEndpoint } from '@gangway/schemas/webhooks'
import { StatusLabel } from '../records/status-label.tsx'
import { Moment } from '../shell/moment.tsx'

const OFF = { person: 'Off', failing: 'Turned off: nothing arrived for five days', gone: 'Turned off: it answered 410' } as const

export function EndpointLabel({ endpoint: { disabledReason, failingSince } }: { endpoint: WebhookEndpoint }) {
  if (disabledReason)
    return <StatusLabel tone={disabledReason === 'person' ? 'neutral' : 'bad'}>{OFF[disabledReason]}</StatusLabel>
  if (!failingSince) return <StatusLabel tone="good">On</StatusLabel>
  return (
    <StatusLabel tone="warning">
      <span>
        Failing since <Moment at={failingSince} />
      </span>
    </StatusLabel>
  )
}
