import { integrationCredentials } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { ProviderId } from '@gangway/schemas/integrations'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { IntegrationsContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { requireManager } from '../organizations/index.ts'
import { enqueueMirror } from './mirror.ts'

export interface IntegrationOf {
  userId: string
  orgId: string
  provider: ProviderId
}

/** Deletes the key with its ciphertext and its schedule; what was loaded stays. Throws NOT_FOUND, FORBIDDEN, INTEGRATION_NOT_FOUND. */
export async function removeIntegration(ctx: IntegrationsContext, { userId, orgId, provider }: IntegrationOf): Promise<void> {
  const { orgSlug } = await requireManager(ctx, { userId, orgId })
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .delete(integrationCredentials)
      .where(and(eq(integrationCredentials.orgId, orgId), eq(integrationCredentials.provider, provider)))
      .returning()
    if (!row) throw new GangwayError('INTEGRATION_NOT_FOUND')
    const subject = { type: 'integration', id: row.id }
    await recordAudit(tx, { actorId: userId, at, action: 'integration.removed', subject, detail: { orgId, provider } })
    await enqueueMirror(ctx, tx, { row, orgSlug, at, removed: true })
  })
}
