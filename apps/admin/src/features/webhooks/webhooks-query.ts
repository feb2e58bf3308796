import {
  type WebhookDeliveriesFilter,
  type WebhookDeliveryStatus,
  type WebhookMessageType,
  webhookDeliveryStatusSchema,
  webhookMessageTypeSchema,
} from '@gangway/schemas/webhooks'
import { readChoices, searchOf } from '../records/search-params.ts'

/** The filter as it stands in the address, and the delivery that is open. */
export interface WebhooksQuery {
  text: string
  statuses: WebhookDeliveryStatus[]
  types: WebhookMessageType[]
  delivery: string
}

export const NO_QUERY: WebhooksQuery = { text: '', statuses: [], types: [], delivery: '' }

const LONGEST_TEXT = 200

export function readWebhooksQuery(params: URLSearchParams): WebhooksQuery {
  return {
    text: (params.get('text') ?? '').slice(0, LONGEST_TEXT),
    statuses: readChoices(params, 'state', webhookDeliveryStatusSchema),
    types: readChoices(params, 'event', webhookMessageTypeSchema),
    delivery: params.get('delivery') ?? '',
  }
}

/** The search part of the address, with its `?`; '' when nothing is filtered. */
export function webhooksSearch({ text, statuses, types, delivery }: WebhooksQuery): string {
  return searchOf({ text, state: statuses, event: types, delivery })
}

export function isFiltered(query: WebhooksQuery): boolean {
  return webhooksSearch({ ...query, delivery: '' }) !== ''
}

export function deliveriesFilter({ text, statuses, types }: WebhooksQuery): WebhookDeliveriesFilter {
  return {
    ...(text.trim() && { text: text.trim() }),
    ...(statuses.length > 0 && { statuses }),
    ...(types.length > 0 && { types }),
  }
}
