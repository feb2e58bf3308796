import { demoBatches } from '@gangway/db/schema'
import type { Db } from '@gangway/db/client'
import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

export type DemoBatch = typeof demoBatches.$inferSelect

export interface WantedBatch {
  people: number
  days: number
  /** Chosen by chance unless told. */
  seed?: string | undefined
}

const LETTERS = 'bcdfghjkmnpqrstvwxz'
const CODE_LENGTH = 5

/** The batch that was asked for, as far as it has come: one that was cut off before another; else a new one. */
export async function openBatch(ctx: BaseContext, { people, days, seed }: WantedBatch): Promise<DemoBatch> {
  const unfinished = await find(ctx.db, { people, days, seed })
  if (unfinished) return unfinished
  const now = ctx.clock.now()
  const code = ctx.ids.random(CODE_LENGTH, LETTERS)
  await ctx.db
    .insert(demoBatches)
    .values({ id: ctx.ids.uuid(), code, seed: seed ?? code, people, days, until: now, createdAt: now })
    .onConflictDoNothing({ target: [demoBatches.seed, demoBatches.people, demoBatches.days] })
  const [batch] = await ctx.db
    .select()
    .from(demoBatches)
    .where(and(eq(demoBatches.seed, seed ?? code), eq(demoBatches.people, people), eq(demoBatches.days, days)))
  if (!batch) throw new Error('the batch was not made')
  return batch
}

/** Without a seed, the oldest that was cut off. With one, the batch of that seed, cut off or not. */
async function find(db: Db, { people, days, seed }: WantedBatch): Promise<DemoBatch | undefined> {
  const same = and(eq(demoBatches.people, people), eq(demoBatches.days, days))
  const cutOff = and(lt(demoBatches.made, demoBatches.people), isNull(demoBatches.removedAt))
  const [found] = await db
    .select()
    .from(demoBatches)
    .where(and(same, seed === undefined ? cutOff : eq(demoBatches.seed, seed)))
    .orderBy(asc(demoBatches.createdAt))
    .limit(1)
  return found
}
