import { stepManifests } from '@gangway/db/schema'
import { inTransaction, isUniqueViolation, type Tx } from '@gangway/db/transaction'
import type { ManifestContent } from '@gangway/schemas/manifest'
import { manifestContentSchema } from '@gangway/schemas/manifest-content'
import type { PublishInput, RollBackInput } from '@gangway/schemas/manifest-editing'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { contentOf, selectManifests } from './manifest-rows.ts'
import { getVersion } from './manifest-list.ts'
import { currentManifest } from './manifest-store.ts'

interface Actor {
  actorId: string
}

interface Published {
  version: number
}

/**
 * Makes a draft the version that new sessions are pinned to; sessions in flight keep theirs. Throws MANIFEST_INVALID with
 * `{ problems }`, and MANIFEST_CHANGED when the draft is not the one that was looked at, or another version was published
 * since it was compared.
 */
export async function publishManifest(ctx: BaseContext, input: PublishInput & Actor): Promise<Published> {
  const { id, revision, current, note, actorId } = input
  return unlessOvertaken(ctx, async (tx) => {
    const [draft] = await selectManifests(tx).where(and(eq(stepManifests.id, id), isNull(stepManifests.version)))
    if (!draft) throw new GangwayError('NOT_FOUND')
    refuseProblems(contentOf(draft.row))
    const version = await nextVersion(tx, current)
    const at = ctx.clock.now()
    const published = await tx
      .update(stepManifests)
      .set({ version, note, publishedAt: at, publishedBy: actorId })
      .where(and(eq(stepManifests.id, id), eq(stepManifests.revision, revision), isNull(stepManifests.version)))
      .returning({ id: stepManifests.id })
    if (published.length === 0) throw new GangwayError('MANIFEST_CHANGED')
    await audit(tx, { actorId, at, action: 'manifest.published', detail: { version, replaces: current, note } })
    return { version }
  })
}

/** Publishes an older version again, as a new one. Throws NOT_FOUND, and MANIFEST_CHANGED. */
export async function rollBackManifest(ctx: BaseContext, input: RollBackInput & Actor): Promise<Published> {
  const { version: older, current, note, actorId } = input
  const { content } = await getVersion(ctx, { version: older })
  refuseProblems(content)
  const { name, variants, ...manifest } = content
  return unlessOvertaken(ctx, async (tx) => {
    const version = await nextVersion(tx, current)
    const at = ctx.clock.now()
    await tx.insert(stepManifests).values({
      ...{ version, name, variants, manifest, basedOn: older, note, createdAt: at, updatedAt: at },
      ...{ updatedBy: actorId, publishedAt: at, publishedBy: actorId },
    })
    await audit(tx, { actorId, at, action: 'manifest.rolled_back', detail: { version, replaces: current, from: older, note } })
    return { version }
  })
}

function refuseProblems(content: ManifestContent): void {
  const { error } = manifestContentSchema.safeParse(content)
  if (!error) return
  const problems = error.issues.map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message,
  }))
  throw new GangwayError('MANIFEST_INVALID', { details: { problems } })
}

async function nextVersion(tx: Tx, expected: number): Promise<number> {
  const { version } = await currentManifest(tx)
  if (version !== expected) throw new GangwayError('MANIFEST_CHANGED')
  return version + 1
}

/** Of two that publish at once, the unique version lets one through. */
async function unlessOvertaken(ctx: BaseContext, publish: (tx: Tx) => Promise<Published>): Promise<Published> {
  try {
    return await inTransaction(ctx.db, publish)
  } catch (error) {
    if (isUniqueViolation(error, 'step_manifests_version')) throw new GangwayError('MANIFEST_CHANGED')
    throw error
  }
}

interface Deed {
  actorId: string
  at: Date
  action: string
  detail: { version: number } & Record<string, unknown>
}

function audit(tx: Tx, { detail, ...deed }: Deed): Promise<void> {
  return recordAudit(tx, { ...deed, subject: { type: 'manifest', id: String(detail.version) }, detail })
}
