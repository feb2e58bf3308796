import { integrationCredentials, organizations } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { IntegrationHealth } from '@gangway/schemas/integrations'
import { and, eq, lte } from 'drizzle-orm'
import type { IntegrationsContext } from '../context.ts'
import { classify, type ErrorCode } from '../errors/index.ts'
import type { IntegrationRow } from './integration-row.ts'
import { enqueueMirror } from './mirror.ts'

export const CHECK_EVERY_MS = 24 * 60 * 60 * 1000

/** What only another key can put right. */
const RED: readonly ErrorCode[] = ['PROVIDER_KEY_REJECTED', 'PROVIDER_ACCESS_DENIED', 'SECRET_UNREADABLE']

/** How a call is made: once, or again after pauses. */
type Patience = <Result>(call: () => Promise<Result>) => Promise<Result>

/**
 * Opens a key, asks its provider whether it is good, and keeps what it said. Answers the key in clear; throws what the
 * vault or the provider threw, after the health has turned.
 */
export async function openHealthyKey(
  ctx: IntegrationsContext,
  row: IntegrationRow,
  patiently: Patience = (call) => call(),
): Promise<string> {
  try {
    const key = await patiently(() => ctx.vault.open(row.sealed, row.orgId))
    await patiently(() => ctx.providers[row.provider].validateKey(key))
    await keepHealth(ctx, row, { health: 'healthy', errorCode: null })
    return key
  } catch (error) {
    const { code } = classify(error)
    await keepHealth(ctx, row, { health: RED.includes(code) ? 'rejected' : 'unreachable', errorCode: code })
    throw error
  }
}

/** The daily check of one integration. A key that fails it is an answer, not an error. */
export async function checkIntegration(ctx: IntegrationsContext, { integrationId }: { integrationId: string }): Promise<void> {
  const [row] = await ctx.db.select().from(integrationCredentials).where(eq(integrationCredentials.id, integrationId))
  if (!row) return
  try {
    await openHealthyKey(ctx, row)
  } catch (err) {
    ctx.log.warn({ err, orgId: row.orgId, provider: row.provider }, 'an integration did not pass its check')
  }
}

/** Only for the key that was asked about: another may have come in its place meanwhile. */
async function keepHealth(
  ctx: IntegrationsContext,
  row: IntegrationRow,
  found: { health: IntegrationHealth; errorCode: ErrorCode | null },
): Promise<void> {
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const { id, revision, checkedAt } = integrationCredentials
    const [kept] = await tx
      .update(integrationCredentials)
      .set({ ...found, checkedAt: at, nextCheckAt: new Date(at.getTime() + CHECK_EVERY_MS) })
      .where(and(eq(id, row.id), eq(revision, row.revision), lte(checkedAt, at)))
      .returning()
    if (!kept || kept.health === row.health) return
    const [org] = await tx.select({ slug: organizations.slug }).from(organizations).where(eq(organizations.id, row.orgId))
    if (org) await enqueueMirror(ctx, tx, { row: kept, orgSlug: org.slug, at })
  })
}
