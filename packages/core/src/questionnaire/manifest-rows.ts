import { onboardingSessions, stepManifests, users } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { ManifestContent } from '@gangway/schemas/manifest'
import type { ManifestDetail, ManifestSummary } from '@gangway/schemas/manifest-editing'
import { BUILT_IN_MANIFEST, BUILT_IN_VERSION } from '@gangway/schemas/manifest-built-in'
import { count, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

const editors = alias(users, 'editors')
const publishers = alias(users, 'publishers')

/** Drafts and published versions with the addresses of their people, to be narrowed and ordered. */
export function selectManifests(reader: Pick<Tx, 'select'>) {
  return reader
    .select({ row: stepManifests, updatedBy: editors.email, publishedBy: publishers.email })
    .from(stepManifests)
    .leftJoin(editors, eq(editors.id, stepManifests.updatedBy))
    .leftJoin(publishers, eq(publishers.id, stepManifests.publishedBy))
    .$dynamic()
}

type Selected = Awaited<ReturnType<typeof selectManifests>>[number]
export type OpenSessions = ReadonlyMap<number, number>

export function summaryOf({ row, updatedBy, publishedBy }: Selected, open: OpenSessions): ManifestSummary {
  const { id, version, name, note, basedOn, revision, updatedAt, publishedAt } = row
  const openSessions = open.get(version ?? 0) ?? 0
  return { id, version, name, note, basedOn, revision, updatedAt, updatedBy, publishedAt, publishedBy, openSessions }
}

export function contentOf({ name, manifest, variants }: Selected['row']): ManifestContent {
  return { name, variants, ...manifest }
}

export function detailOf(selected: Selected, open: OpenSessions): ManifestDetail {
  return { ...summaryOf(selected, open), content: contentOf(selected.row) }
}

export function builtInDetail(open: OpenSessions): ManifestDetail {
  const { version, ...content } = BUILT_IN_MANIFEST
  return {
    ...{ id: null, version, name: content.name, note: 'Comes with Gangway.', basedOn: version, revision: 0, content },
    ...{ updatedAt: null, updatedBy: null, publishedAt: null, publishedBy: null },
    openSessions: open.get(BUILT_IN_VERSION) ?? 0,
  }
}

/** How many people are answering each version now. */
export async function openSessions(reader: Pick<Tx, 'select'>): Promise<OpenSessions> {
  const rows = await reader
    .select({ version: onboardingSessions.manifestVersion, sessions: count() })
    .from(onboardingSessions)
    .where(eq(onboardingSessions.status, 'open'))
    .groupBy(onboardingSessions.manifestVersion)
  return new Map(rows.map(({ version, sessions }) => [version, sessions]))
}
