import { syncBilling } from '@gangway/core/billing'
import { restBillingSyncSchema } from '@gangway/schemas/rest/billing'
import { defineRoute, nothing } from '../route.ts'
import { settled } from '../settled.ts'

export const billingRoutes = [
  defineRoute({
    ...{ method: 'POST', path: '/api/cron/billing-sync', who: 'root_key', tag: 'Billing' },
    summary: 'Compare subscriptions with the payment provider, and repair',
    description: 'The worker does so every night. Safe to repeat, also at the same time; goes on when the caller hangs up.',
    input: nothing,
    answer: restBillingSyncSchema,
    errors: ['BILLING_UNAVAILABLE', 'BILLING_REJECTED'],
    handle({ provisioning, keep }) {
      const syncing = syncBilling(provisioning)
      keep(settled(syncing))
      return syncing
    },
  }),
]
