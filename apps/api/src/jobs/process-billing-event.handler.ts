import { processBillingEvent } from '@gangway/core/checkout'
import type { processBillingEventJob } from './process-billing-event.ts'
import type { Handler } from './registry.ts'

export const handleProcessBillingEvent: Handler<typeof processBillingEventJob.schema> = ({ contexts }, payload) =>
  processBillingEvent(contexts.provisioning, payload)
