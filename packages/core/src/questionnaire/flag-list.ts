import { featureFlags } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Flag, FlagRow } from '@gangway/schemas/flags'
import type { Manifest } from '@gangway/schemas/manifest'
import { asc, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/index.ts'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { currentManifest } from './manifest-store.ts'

interface Actor {
  actorId: string
}

/** Every flag, with where the current manifest asks for it. */
export async function listFlags({ db }: BaseContext): Promise<FlagRow[]> {
  const used = usesOf(await currentManifest(db))
  const flags = await db.select().from(featureFlags).orderBy(asc(featureFlags.key))
  return flags.map(({ createdAt: _createdAt, ...flag }) => ({ ...flag, usedBy: used.get(flag.key) ?? [] }))
}

/** Makes a flag, or changes it. It is so everywhere within seconds. */
export async function saveFlag(ctx: BaseContext, { actorId, ...flag }: Flag & Actor): Promise<void> {
  const at = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const [before] = await tx.select().from(featureFlags).where(eq(featureFlags.key, flag.key)).for('update')
    const { key: _key, ...changed } = { ...flag, updatedAt: at }
    await tx
      .insert(featureFlags)
      .values({ ...flag, createdAt: at, updatedAt: at })
      .onConflictDoUpdate({ target: featureFlags.key, set: changed })
    await recordAudit(tx, {
      ...{ actorId, at, action: before ? 'flag.changed' : 'flag.created', subject: { type: 'flag', id: flag.key } },
      detail: { after: flag, ...(before && { before }) },
    })
  })
}

/** A flag that is gone is off. Throws NOT_FOUND. */
export async function removeFlag(ctx: BaseContext, { key, actorId }: Actor & { key: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const [before] = await tx.delete(featureFlags).where(eq(featureFlags.key, key)).returning()
    if (!before) throw new GangwayError('NOT_FOUND')
    const at = ctx.clock.now()
    await recordAudit(tx, { actorId, at, action: 'flag.removed', subject: { type: 'flag', id: key }, detail: { before } })
  })
}

function usesOf({ steps, variants }: Manifest): Map<string, string[]> {
  const uses = new Map<string, Set<string>>()
  const add = (flag: string | undefined, place: string) => {
    if (flag) uses.set(flag, (uses.get(flag) ?? new Set()).add(place))
  }
  for (const { id, flag, fields } of [...steps, ...variants.flatMap((variant) => variant.steps ?? [])]) {
    add(flag, id)
    for (const field of fields) add(field.flag, `${id}.${field.name}`)
  }
  return new Map([...uses].map(([flag, places]) => [flag, [...places]]))
}
