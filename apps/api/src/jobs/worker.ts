import { purgeBillingEvents } from '@gangway/core/checkout'
import { purgeExports } from '@gangway/core/exports'
import { enqueueDueChecks } from '@gangway/core/integrations'
import { resumePipelines, startScheduledRuns } from '@gangway/core/pipelines'
import type { JobName } from '@gangway/core/ports'
import { purgeSynced, sweep } from '@gangway/core/provisioning'
import { keepPartitions } from '@gangway/core/telemetry'
import { purgeWebhookMessages } from '@gangway/core/webhooks'
import type { JobResult } from 'pg-boss'
import type { z } from 'zod'
import type { Composition } from '../compose.ts'
import { handleAggregateAnswers } from './aggregate-answers.handler.ts'
import { aggregateAnswersJob } from './aggregate-answers.ts'
import { sweepAnswersUntil } from './answers-sweep.ts'
import { handleCheckIntegration } from './check-integration.handler.ts'
import { checkIntegrationJob } from './check-integration.ts'
import { handleDeliverSandboxWebhook } from './deliver-sandbox-webhook.handler.ts'
import { deliverSandboxWebhookJob } from './deliver-sandbox-webhook.ts'
import { handleDeliverWebhook } from './deliver-webhook.handler.ts'
import { deliverWebhookJob } from './deliver-webhook.ts'
import { handleEnsureStarterKit } from './ensure-starter-kit.handler.ts'
import { ensureStarterKitJob } from './ensure-starter-kit.ts'
import { handleExamineOrganizations } from './examine-organizations.handler.ts'
import { examineOrganizationsJob } from './examine-organizations.ts'
import { handleMirrorIntegration } from './mirror-integration.handler.ts'
import { mirrorIntegrationJob } from './mirror-integration.ts'
import { sweepMailsUntil } from './mail-sweep.ts'
import { sweepPaymentsUntil } from './payment-sweep.ts'
import { handleProcessBillingEvent } from './process-billing-event.handler.ts'
import { processBillingEventJob } from './process-billing-event.ts'
import { handlePublishWebhook } from './publish-webhook.handler.ts'
import { publishWebhookJob } from './publish-webhook.ts'
import { handleRecordPipeline } from './record-pipeline.handler.ts'
import { recordPipelineJob } from './record-pipeline.ts'
import type { Handler, Places } from './registry.ts'
import { sweepRetentionUntil } from './retention-sweep.ts'
import { handleExportNightly } from './export-nightly.handler.ts'
import { exportNightlyJob } from './export-nightly.ts'
import { handleRunExport } from './run-export.handler.ts'
import { runExportJob } from './run-export.ts'
import { handleRunPipeline } from './run-pipeline.handler.ts'
import { runPipelineJob } from './run-pipeline.ts'
import { handleSendMail } from './send-mail.handler.ts'
import { sendMailJob } from './send-mail.ts'
import { handleSyncBilling } from './sync-billing.handler.ts'
import { syncBillingJob } from './sync-billing.ts'
import { LOOKING, takeTogether } from './take-together.ts'

/** A lock that has expired is noticed within this time. */
const SWEEP_EVERY_MS = 5000
/** Once a day. */
const SWEEPS_PER_PURGE = 17_280

export interface Worker {
  stop(): Promise<void>
}

/** Takes jobs from the queue, and sweeps. Any number of processes may do so. */
export async function startWorker(composition: Composition): Promise<Worker> {
  await Promise.all([
    takeTogether(composition, aggregateAnswersJob, handleAggregateAnswers(composition.contexts.answers)),
    take(composition, deliverSandboxWebhookJob, handleDeliverSandboxWebhook),
    take(composition, deliverWebhookJob, handleDeliverWebhook),
    take(composition, ensureStarterKitJob, handleEnsureStarterKit),
    take(composition, examineOrganizationsJob, handleExamineOrganizations),
    take(composition, processBillingEventJob, handleProcessBillingEvent),
    take(composition, publishWebhookJob, handlePublishWebhook),
    take(composition, checkIntegrationJob, handleCheckIntegration),
    take(composition, mirrorIntegrationJob, handleMirrorIntegration),
    take(composition, recordPipelineJob, handleRecordPipeline),
    take(composition, exportNightlyJob, handleExportNightly),
    take(composition, runExportJob, handleRunExport),
    take(composition, runPipelineJob, handleRunPipeline),
    take(composition, sendMailJob, handleSendMail),
    take(composition, syncBillingJob, handleSyncBilling),
  ])
  await composition.queue.boss.schedule(examineOrganizationsJob.name, examineOrganizationsJob.cron, {})
  await composition.queue.boss.schedule(exportNightlyJob.name, exportNightlyJob.cron, {})
  await composition.queue.boss.schedule(syncBillingJob.name, syncBillingJob.cron, {})
  const over = new AbortController()
  const sweeping = sweepUntil(composition, over.signal)
  composition.contexts.keep(sweepPaymentsUntil(composition, over.signal))
  // Not waited for by itself: a mail server may take its time, and what it is told is kept.
  composition.contexts.keep(sweepMailsUntil(composition, over.signal))
  composition.contexts.keep(sweepRetentionUntil(composition, over.signal))
  // Often, and so beside the sweep of runs and not after it.
  composition.contexts.keep(sweepAnswersUntil({ answers: composition.contexts.answers, log: composition.log }, over.signal))
  return {
    async stop() {
      over.abort()
      await sweeping
    },
  }
}

/** How many jobs are fetched at once. More are fetched at once while there are that many; otherwise NOTIFY wakes. */
const BATCH = 10

/** A batch at a time, each job settled by itself: one that fails is tried again alone. */
async function take<Schema extends z.ZodType>(
  composition: Composition,
  { name, schema, places }: { name: JobName; schema: Schema; places?: Places },
  handle: Handler<Schema>,
): Promise<void> {
  const { queue, log } = composition
  const options = {
    ...LOOKING,
    batchSize: BATCH,
    ...(places && { batchSize: places.atOnce, localConcurrency: places.workers, localGroupConcurrency: places.perGroup }),
  } as const
  await queue.boss.work(name, options, (jobs) =>
    Promise.all(
      jobs.map(async ({ id, data }): Promise<JobResult> => {
        try {
          await handle(composition, schema.parse(data))
          return { id, status: 'completed' }
        } catch (err) {
          log.error({ err, job: name, jobId: id }, 'job failed')
          return { id, status: 'failed', output: { message: err instanceof Error ? err.message : String(err) } }
        }
      }),
    ),
  )
}

/** Goes on without waiting for the runs that it has taken up: another one may expire in the meantime. */
async function sweepUntil({ contexts, log }: Composition, signal: AbortSignal): Promise<void> {
  const { clock } = contexts.base
  for (let round = 0; !signal.aborted; round++) {
    try {
      contexts.keep((await sweep(contexts.provisioning)).settled)
      if (round % SWEEPS_PER_PURGE === 0) {
        await purgeSynced(contexts.provisioning)
        await purgeWebhookMessages(contexts.webhooks)
        await purgeBillingEvents(contexts.base)
        await purgeExports(contexts.exports)
        await keepPartitions(contexts.telemetry)
      }
      contexts.keep((await resumePipelines(contexts.integrations)).settled)
      await startScheduledRuns(contexts.integrations)
      await enqueueDueChecks(contexts.integrations)
    } catch (err) {
      log.error({ err }, 'sweep failed')
    }
    await clock.sleep(SWEEP_EVERY_MS, signal)
  }
}
