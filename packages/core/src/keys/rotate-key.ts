import { apiKeys, keyReveals, organizations, type SealedSecret } from '@gangway/db/schema'
import { inTransaction, type Tx } from '@gangway/db/transaction'
import { API_KEY_SCOPES, type ApiKeyScope, type RotatedKey } from '@gangway/schemas/keys'
import { and, desc, eq, gt, isNull, ne, or } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { KeysContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { requireOwner } from '../organizations/index.ts'
import { generateApiKey, type NewApiKey } from './api-key.ts'
import { knownScopes } from './authenticate.ts'
import { keyView } from './key-view.ts'

/** For how long a new key can be shown again to who made it. */
const REVEAL_MS = 2 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

export interface RotateKey {
  orgId: string
  /** The key that is replaced; without it a key is made beside those that there are. */
  keyId?: string | undefined
  /** 0 to 7: for so long the old key works as well. */
  overlapDays: number
  /** Null for an operator at the terminal, to whom the answer is the only showing. */
  userId: string | null
}

/**
 * Gives an organization a new key in the place of one that it has. The answer carries the new key; a sealed copy is kept
 * for two hours, so that a lost answer loses nothing. Throws NOT_FOUND, FORBIDDEN for who is no owner, KEY_NOT_FOUND, and
 * API_KEY_REPLACED where somebody was first.
 */
export async function rotateKey(ctx: KeysContext, input: RotateKey): Promise<RotatedKey> {
  const { orgId, userId } = input
  if (userId) await requireOwner(ctx, { userId, orgId })
  else await assertOrganization(ctx, orgId)
  const made = generateApiKey(ctx.ids, ctx.settings)
  const sealed = userId ? await ctx.vault.seal(made.key, orgId) : null
  const now = ctx.clock.now()
  const revealExpiresAt = new Date(now.getTime() + REVEAL_MS)
  const rows = await inTransaction(ctx.db, async (tx) => {
    const id = ctx.ids.uuid()
    const scopes = input.keyId ? await retire(tx, { ...input, keyId: input.keyId, id, now }) : API_KEY_SCOPES
    const key = await insertKey(tx, { id, orgId, made, scopes, now })
    const reveal = await insertReveal(tx, { apiKeyId: id, orgId, userId, sealed, expiresAt: revealExpiresAt })
    const detail = { orgId, fingerprint: made.fingerprint, replaces: input.keyId ?? null, overlapDays: input.overlapDays }
    await recordAudit(tx, { actorId: userId, at: now, action: 'api_key.rotated', subject: { type: 'api_key', id }, detail })
    return { key, reveal }
  })
  return { apiKey: made.key, key: keyView(rows.key, rows.reveal, { viewerId: userId, now }), revealExpiresAt }
}

/** The newest key of an organization that works and has not been replaced; undefined where there is none. */
export async function newestLiveKey(ctx: KeysContext, { orgId }: { orgId: string }): Promise<string | undefined> {
  const { id, revokedAt, expiresAt, replacedBy, createdAt } = apiKeys
  const [newest] = await ctx.db
    .select({ id })
    .from(apiKeys)
    .where(
      and(eq(apiKeys.orgId, orgId), isNull(revokedAt), isNull(replacedBy), or(isNull(expiresAt), gt(expiresAt, ctx.clock.now()))),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(1)
  return newest?.id
}

async function assertOrganization(ctx: KeysContext, orgId: string): Promise<void> {
  const [found] = await ctx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.id, orgId), ne(organizations.status, 'abandoned')))
  if (!found) throw new GangwayError('NOT_FOUND')
}

/** Of two who replace one key at the same time, one does. Answers its scopes. */
async function retire(
  tx: Tx,
  { orgId, keyId, id, overlapDays, now }: RotateKey & { keyId: string; id: string; now: Date },
): Promise<readonly ApiKeyScope[]> {
  const end = overlapDays === 0 ? { revokedAt: now } : { expiresAt: new Date(now.getTime() + overlapDays * DAY_MS) }
  const own = and(eq(apiKeys.id, keyId), eq(apiKeys.orgId, orgId))
  const [retired] = await tx
    .update(apiKeys)
    .set({ replacedBy: id, ...end })
    .where(and(own, isNull(apiKeys.revokedAt), isNull(apiKeys.replacedBy)))
    .returning({ scopes: apiKeys.scopes })
  if (retired) {
    await tx.update(keyReveals).set({ sealed: null }).where(eq(keyReveals.apiKeyId, keyId))
    return knownScopes(retired.scopes)
  }
  const [present] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(own)
  throw new GangwayError(present ? 'API_KEY_REPLACED' : 'KEY_NOT_FOUND')
}

interface Insertion {
  id: string
  orgId: string
  made: NewApiKey
  scopes: readonly ApiKeyScope[]
  now: Date
}

async function insertKey(tx: Tx, { id, orgId, made, scopes, now }: Insertion) {
  const { prefix, hash, fingerprint } = made
  const values = { id, orgId, prefix, hash, fingerprint, scopes: [...scopes], createdAt: now }
  const [key] = await tx.insert(apiKeys).values(values).returning()
  if (!key) throw new Error('the key was not inserted')
  return key
}

async function insertReveal(
  tx: Tx,
  {
    userId,
    sealed,
    ...reveal
  }: { apiKeyId: string; orgId: string; userId: string | null; sealed: SealedSecret | null; expiresAt: Date },
) {
  if (!sealed) return null
  const [inserted] = await tx
    .insert(keyReveals)
    .values({ ...reveal, userId, sealed })
    .returning()
  return inserted ?? null
}
