import type { WebhookMessageType } from '@gangway/schemas/webhooks'

interface Message {
  type: WebhookMessageType
  /** ISO 8601. */
  occurredAt: string
  data: Readonly<Record<string, unknown>>
}

/** What receivers get, as it is signed. Names are snake_case, as in the REST API. */
export function messageBody({ type, occurredAt, data }: Message): string {
  return JSON.stringify({ type, timestamp: occurredAt, data })
}
