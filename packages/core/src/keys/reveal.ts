import { apiKeys, keyReveals, onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Reveal } from '@gangway/schemas/keys'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { KeysContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { recordFact } from '../telemetry/index.ts'

/** The key that a checkout led to, or one that the same person has made since. */
export type RevealInput = { userId: string } & ({ checkoutSessionId: string } | { keyId: string })

/** Shows a new key to the person whose it is, until they have saved it or two hours are over. Throws KEY_NOT_FOUND, SECRET_UNREADABLE. */
export async function reveal(ctx: KeysContext, input: RevealInput): Promise<Reveal> {
  const found = await findReveal(ctx, input)
  const { prefix, fingerprint, sealed, expiresAt, savedAt } = found
  if (savedAt) return { status: 'saved', prefix, fingerprint }
  if (!sealed || expiresAt <= ctx.clock.now()) return { status: 'expired', prefix, fingerprint }
  const apiKey = await ctx.vault.open(sealed, found.orgId)
  await inTransaction(ctx.db, async (tx) => {
    const first = await tx
      .update(keyReveals)
      .set({ revealedAt: sql`now()` })
      .where(and(eq(keyReveals.apiKeyId, found.apiKeyId), isNull(keyReveals.revealedAt)))
      .returning({ apiKeyId: keyReveals.apiKeyId })
    // One that was made since is no part of the onboarding.
    if (first.length > 0 && 'checkoutSessionId' in input)
      await recordFact(tx, { name: 'key_revealed', of: found.apiKeyId, userId: input.userId, at: ctx.clock.now(), props: {} })
  })
  return { status: 'revealed', apiKey, fingerprint, expiresAt }
}

/** Deletes the ciphertext: from here on nobody can be shown the key again. */
export async function markSaved(ctx: KeysContext, input: RevealInput): Promise<Reveal> {
  const { apiKeyId, prefix, fingerprint } = await findReveal(ctx, input)
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(keyReveals)
      .set({ sealed: null, savedAt: sql`coalesce(${keyReveals.savedAt}, now())` })
      .where(eq(keyReveals.apiKeyId, apiKeyId)),
  )
  return { status: 'saved', prefix, fingerprint }
}

async function findReveal(ctx: KeysContext, input: RevealInput) {
  const { userId } = input
  const [row] = await ctx.db
    .select({
      apiKeyId: apiKeys.id,
      orgId: apiKeys.orgId,
      prefix: apiKeys.prefix,
      fingerprint: apiKeys.fingerprint,
      sealed: keyReveals.sealed,
      expiresAt: keyReveals.expiresAt,
      savedAt: keyReveals.savedAt,
    })
    .from(keyReveals)
    .innerJoin(apiKeys, eq(apiKeys.id, keyReveals.apiKeyId))
    .leftJoin(onboardingRuns, eq(onboardingRuns.id, apiKeys.runId))
    .where(
      and(
        eq(keyReveals.userId, userId),
        'keyId' in input
          ? eq(apiKeys.id, input.keyId)
          : and(eq(onboardingRuns.checkoutSessionId, input.checkoutSessionId), eq(onboardingRuns.userId, userId)),
      ),
    )
  // Until the last stage has opened it, there is nothing to show.
  if (!row?.expiresAt) throw new GangwayError('KEY_NOT_FOUND')
  return { ...row, expiresAt: row.expiresAt }
}
