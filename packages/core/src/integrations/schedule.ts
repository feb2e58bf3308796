import { integrationCredentials } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { type Integration, PROVIDERS } from '@gangway/schemas/integrations'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { requireManager } from '../organizations/index.ts'
import { integrationView } from './integration-row.ts'
import type { IntegrationOf } from './remove.ts'

/**
 * Has the pipeline run every day at a UTC hour, or, with null, not by itself. Throws NOT_FOUND, FORBIDDEN,
 * INTEGRATION_NOT_FOUND and PROVIDER_WITHOUT_REPORTS.
 */
export async function scheduleIntegration(
  ctx: BaseContext,
  { userId, orgId, provider, hour }: IntegrationOf & { hour: number | null },
): Promise<Integration> {
  await requireManager(ctx, { userId, orgId })
  if (hour !== null && !PROVIDERS[provider].reports.usage) throw new GangwayError('PROVIDER_WITHOUT_REPORTS')
  const at = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .update(integrationCredentials)
      .set({ scheduleHour: hour, nextRunAt: hour === null ? null : nextHour(hour, at) })
      .where(and(eq(integrationCredentials.orgId, orgId), eq(integrationCredentials.provider, provider)))
      .returning()
    if (!row) throw new GangwayError('INTEGRATION_NOT_FOUND')
    const subject = { type: 'integration', id: row.id }
    await recordAudit(tx, { actorId: userId, at, action: 'integration.scheduled', subject, detail: { orgId, provider, hour } })
    return integrationView(row)
  })
}

/** The next moment after `at` at which a UTC hour begins. */
export function nextHour(hour: number, at: Date): Date {
  const today = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), hour)
  return new Date(today > at.getTime() ? today : Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1, hour))
}
