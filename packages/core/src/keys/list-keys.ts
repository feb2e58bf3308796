import { apiKeys, keyReveals } from '@gangway/db/schema'
import type { ApiKey } from '@gangway/schemas/keys'
import { desc, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { requireManager } from '../organizations/index.ts'
import { keyView } from './key-view.ts'

const MOST = 200

/** An organization's keys, newest first, those that are over included. Throws NOT_FOUND, FORBIDDEN. */
export async function listKeys(ctx: BaseContext, who: { userId: string; orgId: string }): Promise<ApiKey[]> {
  const { userId: viewerId, orgId } = await requireManager(ctx, who)
  const now = ctx.clock.now()
  const rows = await ctx.db
    .select({ key: apiKeys, reveal: keyReveals })
    .from(apiKeys)
    .leftJoin(keyReveals, eq(keyReveals.apiKeyId, apiKeys.id))
    .where(eq(apiKeys.orgId, orgId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(MOST)
  return rows.map(({ key, reveal }) => keyView(key, reveal, { viewerId, now }))
}
