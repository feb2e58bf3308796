import type { Tx } from '@gangway/db/transaction'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { IntegrationsContext } from '../context.ts'
import type { IntegrationMirror, Jobs } from '../ports/jobs.ts'
import type { IntegrationRow } from './integration-row.ts'

const STATUSES = { healthy: 'HEALTHY', rejected: 'REJECTED', unreachable: 'UNREACHABLE' } as const

interface Change {
  row: IntegrationRow
  orgSlug: string
  at: Date
  removed?: boolean
}

/** Has the warehouse told how an integration is now, once the transaction has committed. */
export function enqueueMirror(ctx: { jobs: Jobs }, tx: Tx, { row, orgSlug, at, removed = false }: Change): Promise<void> {
  const { id, provider, lastFour, health, errorCode, checkedAt } = row
  return ctx.jobs.enqueue(tx, 'integrations.mirror', {
    ...{ integrationId: id, orgSlug, provider, lastFour, errorCode },
    status: removed ? 'REMOVED' : STATUSES[health],
    checkedAt: checkedAt.toISOString(),
    recordedAt: at.toISOString(),
  })
}

/** One row for each state, by a load job that is named after it: a repeat adds none. */
export async function mirrorIntegration(ctx: Pick<IntegrationsContext, 'warehouse'>, state: IntegrationMirror): Promise<void> {
  const { integrationId, orgSlug, provider, lastFour, status, errorCode, checkedAt, recordedAt } = state
  const row = {
    ...{ org_slug: orgSlug, credential_id: integrationId, provider, last_four: lastFour, status, error_code: errorCode },
    ...{ health_checked_at: new Date(checkedAt), recorded_at: new Date(recordedAt) },
  }
  const jobId = `integration-${integrationId}-${status}-${Date.parse(recordedAt)}`
  await ctx.warehouse.loadRows(CENTRAL_DATASET, 'org_integration_credentials', { jobId, rows: [row] })
}
