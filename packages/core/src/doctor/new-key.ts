import { apiKeys, keyReveals, organizations } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { API_KEY_SCOPES } from '@gangway/schemas/keys'
import { eq } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { generateApiKey } from '../keys/index.ts'
import { hasLiveKey } from './tenant.ts'

/** For how long the owner can be shown the key. */
const REVEAL_MS = 2 * 60 * 60 * 1000

/** A key for an organization that has none which works, to be shown to its owner. Of several calls at once, one makes it. */
export async function makeKey(ctx: ProvisioningContext, { orgId, ownerId }: { orgId: string; ownerId: string }): Promise<void> {
  const { key, prefix, hash, fingerprint } = generateApiKey(ctx.ids, ctx.settings)
  const sealed = await ctx.vault.seal(key, orgId)
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    // Whoever comes second waits here, and then sees the first one's key.
    await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, orgId)).for('update')
    if (await hasLiveKey(tx, { orgId, at })) return
    const id = ctx.ids.uuid()
    await tx.insert(apiKeys).values({ id, orgId, prefix, hash, fingerprint, scopes: [...API_KEY_SCOPES], createdAt: at })
    const expiresAt = new Date(at.getTime() + REVEAL_MS)
    await tx.insert(keyReveals).values({ apiKeyId: id, orgId, userId: ownerId, sealed, expiresAt })
  })
}
