import { apiKeys, keyReveals } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { ApiKey } from '@gangway/schemas/keys'
import { and, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { requireManager } from '../organizations/index.ts'
import { keyView } from './key-view.ts'

export interface RevokeKey {
  userId: string
  orgId: string
  keyId: string
}

/** Ends a key at once. A repeat changes nothing. Throws NOT_FOUND, FORBIDDEN for members, KEY_NOT_FOUND. */
export async function revokeKey(ctx: BaseContext, { userId, orgId, keyId }: RevokeKey): Promise<ApiKey> {
  await requireManager(ctx, { userId, orgId })
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const [key] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${now.toISOString()}::timestamptz)` })
      .where(and(eq(apiKeys.id, keyId), eq(apiKeys.orgId, orgId)))
      .returning()
    if (!key) throw new GangwayError('KEY_NOT_FOUND')
    await tx.update(keyReveals).set({ sealed: null }).where(eq(keyReveals.apiKeyId, keyId))
    if (key.revokedAt?.getTime() === now.getTime()) {
      const subject = { type: 'api_key', id: keyId }
      await recordAudit(tx, { actorId: userId, at: now, action: 'api_key.revoked', subject, detail: { orgId } })
    }
    return keyView(key, null, { viewerId: userId, now })
  })
}
