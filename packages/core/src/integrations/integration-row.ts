import { integrationCredentials } from '@gangway/db/schema'
import type { Integration, ProviderId } from '@gangway/schemas/integrations'
import { and, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

export type IntegrationRow = typeof integrationCredentials.$inferSelect

/** Throws INTEGRATION_NOT_FOUND. */
export async function findIntegration(
  ctx: Pick<BaseContext, 'db'>,
  { orgId, provider }: { orgId: string; provider: ProviderId },
): Promise<IntegrationRow> {
  const [row] = await ctx.db
    .select()
    .from(integrationCredentials)
    .where(and(eq(integrationCredentials.orgId, orgId), eq(integrationCredentials.provider, provider)))
  if (!row) throw new GangwayError('INTEGRATION_NOT_FOUND')
  return row
}

export function integrationView(row: IntegrationRow): Integration {
  const { id, provider, lastFour, health, errorCode, checkedAt, connectedAt, replacedAt, scheduleHour, nextRunAt } = row
  return { id, provider, lastFour, health, errorCode, checkedAt, connectedAt, replacedAt, scheduleHour, nextRunAt }
}
