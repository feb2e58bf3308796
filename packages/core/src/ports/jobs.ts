import type { Tx } from '@gangway/db/transaction'
import type { WebhookEvent } from '@gangway/schemas/webhooks'
import type { OutgoingMail } from './mailer.ts'

/** What the warehouse is told of an integration. Never the key. */
export interface IntegrationMirror {
  integrationId: string
  orgSlug: string
  provider: string
  lastFour: string
  status: 'HEALTHY' | 'REJECTED' | 'UNREACHABLE' | 'REMOVED'
  errorCode: string | null
  /** ISO 8601. */
  checkedAt: string
  recordedAt: string
}

/** What the worker does, and what each job is told. Payloads are JSON. */
export interface JobPayloads {
  'answers.aggregate': { sessionId: string }
  'billing.process-event': { eventId: string }
  'billing.sync': Record<string, never>
  'exports.nightly': Record<string, never>
  'exports.run': { exportId: string }
  'integrations.check': { integrationId: string }
  'integrations.mirror': IntegrationMirror
  'notifications.send-mail': OutgoingMail
  'pipelines.record': { runId: string }
  'pipelines.run': { runId: string }
  'organizations.examine': Record<string, never>
  'sandbox.deliver-webhook': { checkoutSessionId: string; eventId: string; type: string }
  'starter.ensure': { userId: string }
  'webhooks.deliver': { deliveryId: string; attempt: number }
  'webhooks.publish': {
    messageId: string
    type: WebhookEvent
    /** ISO 8601. */
    occurredAt: string
    /** Whose endpoints hear it beside the operators': this organization's, or those of all that the person belongs to. */
    orgId: string | null
    userId: string | null
    data: Record<string, unknown>
  }
}
export type JobName = keyof JobPayloads

interface JobGroup {
  /** Jobs of one group get a share of the places of their kind and no more, so that none keeps the others waiting. */
  group?: string
}

/** One job of any name. */
export type EnqueuedJob = { [Name in JobName]: { name: Name; payload: JobPayloads[Name] } & JobGroup }[JobName]

export interface JobOptions extends JobGroup {
  startAfter?: Date
}

/** The job becomes visible when the transaction commits, and never otherwise. */
export interface Jobs {
  enqueue<Name extends JobName>(tx: Tx, name: Name, payload: JobPayloads[Name], options?: JobOptions): Promise<void>
  /** The same for many at once. */
  enqueueAll(tx: Tx, jobs: readonly EnqueuedJob[]): Promise<void>
}
