import * as z from 'zod/mini'
import { pageOf, pageRequestSchema } from './paging.ts'

/** What can be subscribed to. The names are a contract with other people's programs. */
export const WEBHOOK_EVENTS = ['run.succeeded', 'run.failed', 'onboarding.completed', 'org.offboarded'] as const
export const webhookEventSchema = z.enum(WEBHOOK_EVENTS)
export type WebhookEvent = z.infer<typeof webhookEventSchema>

export const WEBHOOK_EVENT_LABELS: Record<WebhookEvent, string> = {
  'run.succeeded': 'A setup is complete',
  'run.failed': 'A setup has failed',
  'onboarding.completed': 'Somebody has finished the questions',
  'org.offboarded': 'An organization has left',
}

/** Sent by somebody who tries an endpoint; nobody subscribes to it. */
export const WEBHOOK_TEST = 'webhook.test'
export const WEBHOOK_MESSAGE_TYPES = [...WEBHOOK_EVENTS, WEBHOOK_TEST] as const
export const webhookMessageTypeSchema = z.enum(WEBHOOK_MESSAGE_TYPES)
export type WebhookMessageType = z.infer<typeof webhookMessageTypeSchema>

/** `person`: somebody turned it off; `failing`: nothing arrived for days; `gone`: it answered 410. */
export const WEBHOOK_DISABLED_REASONS = ['person', 'failing', 'gone'] as const

export const webhookEndpointSchema = z.object({
  id: z.uuid(),
  /** Null for the operators' own. */
  orgId: z.nullable(z.uuid()),
  url: z.string(),
  description: z.string(),
  events: z.array(webhookEventSchema),
  /** Null while it is on. */
  disabledReason: z.nullable(z.enum(WEBHOOK_DISABLED_REASONS)),
  /** The first of the attempts that have failed since the last one that arrived. */
  failingSince: z.nullable(z.date()),
  /** Until then the secret before this one signs as well. */
  previousSecretUntil: z.nullable(z.date()),
  createdAt: z.date(),
})
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>

const MAX_URL = 2000

/** What a person says about an endpoint. Whether the address may be called is decided where it is called. */
export const webhookEndpointFieldsSchema = z.object({
  url: z.pipe(
    z.string('Give an address.').check(z.trim(), z.maxLength(MAX_URL, `Use at most ${MAX_URL} characters.`)),
    z.url({ protocol: /^https?$/, error: 'Give an address that begins with https://.' }),
  ),
  description: z._default(z.string().check(z.trim(), z.maxLength(200, 'Use at most 200 characters.')), ''),
  events: z.pipe(
    z.array(webhookEventSchema).check(z.minLength(1, 'Choose at least one event.'), z.maxLength(WEBHOOK_EVENTS.length)),
    z.transform((events: WebhookEvent[]) => WEBHOOK_EVENTS.filter((event) => events.includes(event))),
  ),
})
export type WebhookEndpointFields = z.output<typeof webhookEndpointFieldsSchema>

/** The only showing of a secret: `whsec_` and base64. */
export const webhookSecretSchema = z.object({ endpoint: webhookEndpointSchema, secret: z.string() })
export type WebhookSecret = z.infer<typeof webhookSecretSchema>

export const WEBHOOK_OVERLAP_HOURS = [0, 24, 168] as const

export const webhookEndpointIdSchema = z.object({ endpointId: z.uuid() })
export const updateWebhookEndpointSchema = z.extend(webhookEndpointFieldsSchema, { endpointId: z.uuid(), enabled: z.boolean() })
export const rotateWebhookSecretSchema = z.object({
  endpointId: z.uuid(),
  /** For how long the old secret signs beside the new one. */
  overlapHours: z._default(z.int().check(z.minimum(0), z.maximum(168)), 24),
})

export const WEBHOOK_DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const
export const webhookDeliveryStatusSchema = z.enum(WEBHOOK_DELIVERY_STATUSES)
export type WebhookDeliveryStatus = z.infer<typeof webhookDeliveryStatusSchema>

/** One message on its way to one endpoint. */
export const webhookDeliverySchema = z.object({
  id: z.uuid(),
  endpointId: z.uuid(),
  url: z.string(),
  orgId: z.nullable(z.uuid()),
  orgSlug: z.nullable(z.string()),
  type: webhookMessageTypeSchema,
  /** The `webhook-id` that the receiver sees, the same at every attempt. */
  messageId: z.string(),
  status: webhookDeliveryStatusSchema,
  attempts: z.int(),
  /** Of the last attempt; null where nothing was answered. */
  lastStatus: z.nullable(z.int()),
  /** Why nothing was answered, by a code of the catalogue. */
  lastError: z.nullable(z.string()),
  nextAttemptAt: z.nullable(z.date()),
  createdAt: z.date(),
})
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>

export const webhookAttemptSchema = z.object({
  number: z.int(),
  at: z.date(),
  durationMs: z.int(),
  status: z.nullable(z.int()),
  error: z.nullable(z.string()),
  /** The first 1,024 bytes of the answer. */
  response: z.string(),
})
export type WebhookAttempt = z.infer<typeof webhookAttemptSchema>

export const webhookDeliveryDetailsSchema = z.extend(webhookDeliverySchema, {
  /** What was sent, byte for byte. */
  body: z.string(),
  /** Newest first. */
  log: z.array(webhookAttemptSchema),
})
export type WebhookDeliveryDetails = z.infer<typeof webhookDeliveryDetailsSchema>

export const webhookDeliveryIdSchema = z.object({ deliveryId: z.uuid() })

export const webhookDeliveriesFilterSchema = z.object({
  endpointId: z.optional(z.uuid()),
  statuses: z.optional(z.array(webhookDeliveryStatusSchema).check(z.maxLength(3))),
  types: z.optional(z.array(webhookMessageTypeSchema).check(z.maxLength(5))),
  /** Part of an address, or of an organization's slug. */
  text: z.optional(z.string().check(z.trim(), z.maxLength(200))),
})
export type WebhookDeliveriesFilter = z.infer<typeof webhookDeliveriesFilterSchema>

export const listWebhookDeliveriesSchema = z.extend(pageRequestSchema, { filter: z._default(webhookDeliveriesFilterSchema, {}) })
export const webhookDeliveriesPageSchema = pageOf(webhookDeliverySchema)
export type WebhookDeliveriesPage = z.infer<typeof webhookDeliveriesPageSchema>

/** Whose: for what people do in the name of an organization. */
export const ofOrganizationSchema = z.object({ orgId: z.uuid() })

const UNANSWERED: Readonly<Record<string, string>> = {
  ADDRESS_REFUSED: 'Not sent: the address is not a public https address',
  CERTIFICATE_REFUSED: 'Not sent: the certificate is not trusted',
  NETWORK_TIMEOUT: 'No answer within 10 seconds',
  NETWORK_UNREACHABLE: 'The address could not be reached',
  UPSTREAM_FAILED: 'The answer was not HTTP',
  WEBHOOK_ENDPOINT_DISABLED: 'Not sent: the endpoint was turned off',
}

/** What came of an attempt, in words. `error` is a code of the catalogue. */
export function attemptText({ status, error }: { status: number | null; error: string | null }): string {
  if (status !== null)
    return status >= 300 && status < 400 ? `Answered ${status}; redirects are not followed` : `Answered ${status}`
  return error === null ? 'Not tried yet' : (UNANSWERED[error] ?? 'It could not be sent')
}
