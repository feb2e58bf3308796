import { recordProvisioned } from '@gangway/core/telemetry'
import { publishEvent } from '@gangway/core/webhooks'
import { z } from 'zod'
import type { publishWebhookJob } from './publish-webhook.ts'
import type { Handler } from './registry.ts'

const ofRunSchema = z.object({ run_id: z.uuid() })

/** What a run has brought about is counted here as well, once for each piece of news, so that no stage waits for it. */
export const handlePublishWebhook: Handler<typeof publishWebhookJob.schema> = async ({ contexts }, payload) => {
  if (payload.type === 'run.succeeded') {
    const { run_id: runId } = ofRunSchema.parse(payload.data)
    await recordProvisioned(contexts.base, { runId, at: new Date(payload.occurredAt) })
  }
  await publishEvent(contexts.webhooks, payload)
}
