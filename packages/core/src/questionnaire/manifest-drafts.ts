import { stepManifests } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { ManifestDetail, SaveDraftInput } from '@gangway/schemas/manifest-editing'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { getDraft, getVersion } from './manifest-list.ts'

interface Actor {
  actorId: string
}

/** A copy of a published version, to be edited. Throws NOT_FOUND. */
export async function createDraft(ctx: BaseContext, { version, actorId }: Actor & { version: number }): Promise<ManifestDetail> {
  const { content } = await getVersion(ctx, { version })
  const { name, variants, ...manifest } = content
  const at = ctx.clock.now()
  const id = await inTransaction(ctx.db, async (tx) => {
    const [draft] = await tx
      .insert(stepManifests)
      .values({ name, variants, manifest, basedOn: version, updatedBy: actorId, createdAt: at, updatedAt: at })
      .returning({ id: stepManifests.id })
    if (!draft) throw new Error('the draft was not inserted')
    await recordAudit(tx, {
      ...{ actorId, at, action: 'manifest.drafted', subject: { type: 'manifest', id: draft.id }, detail: { basedOn: version } },
    })
    return draft.id
  })
  return getDraft(ctx, { id })
}

/** Keeps a draft as it is now, finished or not. Throws MANIFEST_CHANGED when somebody else has saved or published it. */
export async function saveDraft(ctx: BaseContext, input: SaveDraftInput & Actor): Promise<ManifestDetail> {
  const { id, revision, content, actorId } = input
  const { name, variants, ...manifest } = content
  const saved = await ctx.db
    .update(stepManifests)
    .set({
      name,
      variants,
      manifest,
      updatedBy: actorId,
      updatedAt: ctx.clock.now(),
      revision: sql`${stepManifests.revision} + 1`,
    })
    .where(and(eq(stepManifests.id, id), eq(stepManifests.revision, revision), isNull(stepManifests.version)))
    .returning({ id: stepManifests.id })
  if (saved.length === 0) throw new GangwayError('MANIFEST_CHANGED')
  return getDraft(ctx, { id })
}

/** Throws away a draft. What is published stays. Throws NOT_FOUND. */
export async function discardDraft(ctx: BaseContext, { id, actorId }: Actor & { id: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const [gone] = await tx
      .delete(stepManifests)
      .where(and(eq(stepManifests.id, id), isNull(stepManifests.version)))
      .returning({ name: stepManifests.name })
    if (!gone) throw new GangwayError('NOT_FOUND')
    await recordAudit(tx, {
      ...{ actorId, at: ctx.clock.now(), action: 'manifest.discarded', subject: { type: 'manifest', id }, detail: gone },
    })
  })
}
