import { integrationCredentials } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Integration, ProviderId } from '@gangway/schemas/integrations'
import { sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { IntegrationsContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { requireManager } from '../organizations/index.ts'
import { CHECK_EVERY_MS } from './check-health.ts'
import { integrationView } from './integration-row.ts'
import { enqueueMirror } from './mirror.ts'

export interface ConnectIntegration {
  userId: string
  orgId: string
  provider: ProviderId
  /** In clear; nowhere else from here on. */
  key: string
}

/**
 * Connects a provider, or puts another key in the place of the present one: first the provider is asked whether the key
 * is good, and only then it is sealed and stored. Throws NOT_FOUND, FORBIDDEN, and whatever `validateKey` throws.
 */
export async function connectIntegration(
  ctx: IntegrationsContext,
  { userId, orgId, provider, key }: ConnectIntegration,
): Promise<Integration> {
  const { orgSlug } = await requireManager(ctx, { userId, orgId })
  await ctx.providers[provider].validateKey(key)
  const sealed = await ctx.vault.seal(key, orgId)
  const at = ctx.clock.now()
  const fresh = {
    ...{ sealed, lastFour: key.slice(-4), health: 'healthy' as const, errorCode: null },
    ...{ checkedAt: at, nextCheckAt: new Date(at.getTime() + CHECK_EVERY_MS), connectedBy: userId },
  }
  const row = await inTransaction(ctx.db, async (tx) => {
    const { revision } = integrationCredentials
    const [stored] = await tx
      .insert(integrationCredentials)
      .values({ id: ctx.ids.uuid(), orgId, provider, ...fresh, connectedAt: at })
      .onConflictDoUpdate({
        target: [integrationCredentials.orgId, integrationCredentials.provider],
        set: { ...fresh, revision: sql`${revision} + 1`, replacedAt: at },
      })
      .returning()
    if (!stored) throw new GangwayError('DATABASE_CONFLICT')
    const action = stored.revision === 1 ? 'integration.connected' : 'integration.replaced'
    const detail = { orgId, provider, lastFour: stored.lastFour }
    await recordAudit(tx, { actorId: userId, at, action, subject: { type: 'integration', id: stored.id }, detail })
    await enqueueMirror(ctx, tx, { row: stored, orgSlug, at })
    return stored
  })
  return integrationView(row)
}
