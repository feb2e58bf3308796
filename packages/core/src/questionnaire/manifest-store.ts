import type { Db } from '@gangway/db/client'
import { stepManifests } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { Manifest } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST, BUILT_IN_VERSION } from '@gangway/schemas/manifest-built-in'
import { desc, eq, gte } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

export type Reader = Pick<Tx, 'select'>

/** What is published never changes: a process reads each version once. */
const known = new WeakMap<Db, Map<number, Manifest>>()

const CONTENT = {
  version: stepManifests.version,
  name: stepManifests.name,
  manifest: stepManifests.manifest,
  variants: stepManifests.variants,
}

/** The manifest of a version; the built-in one stands in for a version that is not there. */
export async function manifestAt({ db, log }: BaseContext, reader: Reader, version: number): Promise<Manifest> {
  if (version === BUILT_IN_VERSION) return BUILT_IN_MANIFEST
  const versions = known.get(db) ?? new Map<number, Manifest>()
  known.set(db, versions)
  const cached = versions.get(version)
  if (cached) return cached
  const [row] = await reader.select(CONTENT).from(stepManifests).where(eq(stepManifests.version, version))
  if (!row) {
    log.error({ version }, 'there is no manifest of this version')
    return BUILT_IN_MANIFEST
  }
  const manifest = { version, name: row.name, variants: row.variants, ...row.manifest }
  versions.set(version, manifest)
  return manifest
}

/** The manifest that new sessions are pinned to: what was published last. Nobody is pinned to one that was made up. */
export async function currentManifest(reader: Reader): Promise<Manifest> {
  const [row] = await reader
    .select(CONTENT)
    .from(stepManifests)
    .where(gte(stepManifests.version, BUILT_IN_VERSION))
    .orderBy(desc(stepManifests.version))
    .limit(1)
  if (!row?.version) return BUILT_IN_MANIFEST
  return { version: row.version, name: row.name, variants: row.variants, ...row.manifest }
}
