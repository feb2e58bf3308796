import { apiKeys, keyReveals, onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { operatorKey } from './operator-key.ts'

/**
 * The key of a tenant that an operator has onboarded, once: the ciphertext is deleted before the key is given away, so
 * that of two calls at once one gets it. Null when somebody has it already, or its time is over.
 */
export async function handOverKey(ctx: ProvisioningContext, { tenantId }: { tenantId: string }): Promise<string | null> {
  const found = await findSealed(ctx, operatorKey(tenantId))
  if (!found?.sealed) return null
  const key = await ctx.vault.open(found.sealed, found.orgId)
  const taken = await inTransaction(ctx.db, (tx) =>
    tx
      .update(keyReveals)
      .set({ sealed: null, savedAt: sql`now()`, revealedAt: sql`coalesce(${keyReveals.revealedAt}, now())` })
      .where(and(eq(keyReveals.apiKeyId, found.apiKeyId), isNotNull(keyReveals.sealed), isNull(keyReveals.savedAt)))
      .returning({ apiKeyId: keyReveals.apiKeyId }),
  )
  return taken.length > 0 ? key : null
}

async function findSealed(ctx: ProvisioningContext, checkoutSessionId: string) {
  const [row] = await ctx.db
    .select({ apiKeyId: apiKeys.id, orgId: apiKeys.orgId, sealed: keyReveals.sealed })
    .from(keyReveals)
    .innerJoin(apiKeys, eq(apiKeys.id, keyReveals.apiKeyId))
    .innerJoin(onboardingRuns, eq(onboardingRuns.id, apiKeys.runId))
    .where(
      and(
        eq(onboardingRuns.checkoutSessionId, checkoutSessionId),
        isNull(apiKeys.revokedAt),
        gt(keyReveals.expiresAt, ctx.clock.now()),
      ),
    )
  return row
}
