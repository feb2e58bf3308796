import { syncBilling } from '@gangway/core/billing'
import { GangwayError } from '@gangway/core/errors'
import type { Handler } from './registry.ts'
import type { syncBillingJob } from './sync-billing.ts'

/** Comes again where some could not be asked about: what has been repaired by then is not repaired again. */
export const handleSyncBilling: Handler<typeof syncBillingJob.schema> = async ({ contexts, log }) => {
  const synced = await syncBilling(contexts.provisioning)
  log.info(synced, 'subscriptions compared with the provider')
  if (synced.failed > 0) throw new GangwayError('BILLING_UNAVAILABLE')
}
