import { timingSafeEqual } from 'node:crypto'
import { apiKeys, organizations } from '@gangway/db/schema'
import { API_KEY_SCOPES, type ApiKeyScope } from '@gangway/schemas/keys'
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { KeysContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { hashApiKey, isWellFormed } from './api-key.ts'

/** A program that acts for an organization, by one of its keys. */
export interface ApiKeyCaller {
  kind: 'api_key'
  keyId: string
  orgId: string
  orgSlug: string
  scopes: readonly ApiKeyScope[]
}

/**
 * Whose key this is. What is malformed never reaches the database; all else is found by its keyed hash, which nobody can
 * steer. Throws API_KEY_INVALID alike for a key that is unknown, revoked or expired.
 */
export async function authenticateApiKey(ctx: KeysContext, presented: string): Promise<ApiKeyCaller> {
  if (!isWellFormed(presented)) throw new GangwayError('API_KEY_INVALID')
  const hash = hashApiKey(presented, ctx.settings.keyPepper)
  const now = ctx.clock.now()
  const [found] = await ctx.db
    .select({
      keyId: apiKeys.id,
      orgId: apiKeys.orgId,
      orgSlug: organizations.slug,
      hash: apiKeys.hash,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .innerJoin(organizations, eq(organizations.id, apiKeys.orgId))
    .where(
      and(
        eq(apiKeys.hash, hash),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
        eq(organizations.status, 'onboarded'),
      ),
    )
  if (!found || !timingSafeEqual(Buffer.from(found.hash), Buffer.from(hash))) throw new GangwayError('API_KEY_INVALID')
  const { keyId, orgId, orgSlug, lastUsedAt } = found
  await noteUse(ctx, { keyId, lastUsedAt, now })
  return { kind: 'api_key', keyId, orgId, orgSlug, scopes: knownScopes(found.scopes) }
}

/** Throws API_KEY_SCOPE_MISSING where the key has none of these. `admin` includes all. */
export function requireScope({ scopes }: ApiKeyCaller, anyOf: readonly ApiKeyScope[]): void {
  if (scopes.includes('admin') || anyOf.some((scope) => scopes.includes(scope))) return
  throw new GangwayError('API_KEY_SCOPE_MISSING', { details: { scopes: anyOf } })
}

export function knownScopes(stored: readonly string[]): ApiKeyScope[] {
  return API_KEY_SCOPES.filter((scope) => stored.includes(scope))
}

const PRECISION_MS = 60_000

/** At most one write a minute and key, and never a reason to turn somebody away. */
async function noteUse(
  ctx: KeysContext,
  { keyId, lastUsedAt, now }: { keyId: string; lastUsedAt: Date | null; now: Date },
): Promise<void> {
  const stale = new Date(now.getTime() - PRECISION_MS)
  if (lastUsedAt && lastUsedAt > stale) return
  try {
    await ctx.db
      .update(apiKeys)
      .set({ lastUsedAt: sql`greatest(${apiKeys.lastUsedAt}, ${now.toISOString()}::timestamptz)` })
      .where(and(eq(apiKeys.id, keyId), or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, stale))))
  } catch (err) {
    ctx.log.warn({ err, keyId }, 'the use of an API key could not be noted')
  }
}
