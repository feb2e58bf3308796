import type { Tx } from '@gangway/db/transaction'

/** What the worker does, and what each job is told. Payloads are JSON. */
export interface JobPayloads {
  'answers.aggregate': { sessionId: string }
  'billing.process-event': { eventId: string }
  'notifications.send-mail': { dedupeKey: string; to: string; subject: string; text: string; html: string }
  'sandbox.deliver-webhook': { checkoutSessionId: string; eventId: string; type: string }
  'starter.ensure': { userId: string }
}
export type JobName = keyof JobPayloads

/** One job of any name. */
export type EnqueuedJob = { [Name in JobName]: { name: Name; payload: JobPayloads[Name] } }[JobName]

export interface JobOptions {
  startAfter?: Date
}

/** The job becomes visible when the transaction commits, and never otherwise. */
export interface Jobs {
  enqueue<Name extends JobName>(tx: Tx, name: Name, payload: JobPayloads[Name], options?: JobOptions): Promise<void>
  /** The same for many at once. */
  enqueueAll(tx: Tx, jobs: readonly EnqueuedJob[]): Promise<void>
}
