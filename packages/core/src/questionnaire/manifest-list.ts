import { stepManifests } from '@gangway/db/schema'
import type { ManifestDetail, ManifestList } from '@gangway/schemas/manifest-editing'
import { type AnswerLabels, labelsOf, mergeLabels } from '@gangway/schemas/answer-labels'
import { BUILT_IN_MANIFEST, BUILT_IN_VERSION } from '@gangway/schemas/manifest-built-in'
import { desc, eq, gte, isNotNull, isNull, or } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { builtInDetail, detailOf, openSessions, selectManifests, summaryOf } from './manifest-rows.ts'

/** Every draft and every version, the newest first; none that was made up. */
export async function listManifests({ db }: BaseContext): Promise<ManifestList> {
  const open = await openSessions(db)
  const rows = await selectManifests(db)
    .where(or(isNull(stepManifests.version), gte(stepManifests.version, BUILT_IN_VERSION)))
    .orderBy(desc(stepManifests.version), desc(stepManifests.updatedAt))
  const all = rows.map((row) => summaryOf(row, open))
  const { content: _content, ...builtIn } = builtInDetail(open)
  const published = [...all.filter(({ version }) => version !== null), builtIn]
  return { current: published[0]?.version ?? BUILT_IN_VERSION, drafts: all.filter(({ version }) => version === null), published }
}

/** Throws NOT_FOUND. */
export async function getDraft({ db }: BaseContext, { id }: { id: string }): Promise<ManifestDetail> {
  const [found] = await selectManifests(db).where(eq(stepManifests.id, id))
  if (!found) throw new GangwayError('NOT_FOUND')
  return detailOf(found, await openSessions(db))
}

/** Throws NOT_FOUND. */
export async function getVersion({ db }: BaseContext, { version }: { version: number }): Promise<ManifestDetail> {
  const open = await openSessions(db)
  if (version === BUILT_IN_VERSION) return builtInDetail(open)
  const [found] = await selectManifests(db).where(eq(stepManifests.version, version))
  if (!found) throw new GangwayError('NOT_FOUND')
  return detailOf(found, open)
}

/** What answers are called: by the newest version that asks the question, in any of its variants. */
export async function answerLabels({ db }: BaseContext): Promise<AnswerLabels> {
  const rows = await db
    .select({ manifest: stepManifests.manifest, variants: stepManifests.variants })
    .from(stepManifests)
    .where(isNotNull(stepManifests.version))
    .orderBy(desc(stepManifests.version))
  const asked = rows.flatMap(({ manifest, variants }) => [manifest.steps, ...variants.map(({ steps = [] }) => steps)])
  return mergeLabels([...asked, BUILT_IN_MANIFEST.steps].map((steps) => labelsOf(steps)))
}
