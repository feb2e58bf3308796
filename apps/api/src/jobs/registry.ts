import type { JobName } from '@gangway/core/ports'
import type { Queue } from 'pg-boss'
import type { z } from 'zod'
import type { Composition } from '../compose.ts'
import { aggregateAnswersJob } from './aggregate-answers.ts'
import { checkIntegrationJob } from './check-integration.ts'
import { deliverSandboxWebhookJob } from './deliver-sandbox-webhook.ts'
import { deliverWebhookJob } from './deliver-webhook.ts'
import { ensureStarterKitJob } from './ensure-starter-kit.ts'
import { examineOrganizationsJob } from './examine-organizations.ts'
import { exportNightlyJob } from './export-nightly.ts'
import { mirrorIntegrationJob } from './mirror-integration.ts'
import { processBillingEventJob } from './process-billing-event.ts'
import { publishWebhookJob } from './publish-webhook.ts'
import { recordPipelineJob } from './record-pipeline.ts'
import { runExportJob } from './run-export.ts'
import { runPipelineJob } from './run-pipeline.ts'
import { sendMailJob } from './send-mail.ts'
import { syncBillingJob } from './sync-billing.ts'

export interface JobDefinition<Name extends JobName = JobName> {
  name: Name
  schema: z.ZodType
  /** How often and how patiently it is tried. */
  queue: Omit<Queue, 'name'>
  places?: Places
}

/** How many jobs of one kind a process does at once, where it is not the usual. */
export interface Places {
  /** Each fetches so many at once, and then more when all of them are done. */
  workers: number
  atOnce: number
  /** Of all places, one group has so many at most. */
  perGroup: number
}

/** Called once per job and again after a failure: it has to bear repetition. */
export type Handler<Schema extends z.ZodType> = (composition: Composition, payload: z.output<Schema>) => Promise<unknown>

export const JOBS = {
  'answers.aggregate': aggregateAnswersJob,
  'billing.process-event': processBillingEventJob,
  'billing.sync': syncBillingJob,
  'exports.nightly': exportNightlyJob,
  'exports.run': runExportJob,
  'integrations.check': checkIntegrationJob,
  'integrations.mirror': mirrorIntegrationJob,
  'notifications.send-mail': sendMailJob,
  'organizations.examine': examineOrganizationsJob,
  'pipelines.record': recordPipelineJob,
  'pipelines.run': runPipelineJob,
  'sandbox.deliver-webhook': deliverSandboxWebhookJob,
  'starter.ensure': ensureStarterKitJob,
  'webhooks.deliver': deliverWebhookJob,
  'webhooks.publish': publishWebhookJob,
} as const satisfies { [Name in JobName]: JobDefinition<Name> }
