import { starterKits, users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { eq, sql } from 'drizzle-orm'
import type { StarterContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { createKit } from './create-kit.ts'

/**
 * Makes whatever is missing of a person's starter kit, all of it in one transaction. Unique keys decide, so any number
 * of calls at once leave exactly one of each part. A kit that is ready costs one read.
 *
 * A failure is logged with an error id, marks the kit `incomplete` and is thrown on. Throws NOT_FOUND for nobody.
 */
export async function ensureStarterKit(ctx: StarterContext, { userId }: { userId: string }): Promise<void> {
  try {
    await makeWhatIsMissing(ctx, userId)
  } catch (error) {
    const nobody = error instanceof GangwayError && error.code === 'NOT_FOUND'
    if (!nobody) await recordFailure(ctx, userId, error)
    throw error
  }
}

async function makeWhatIsMissing(ctx: StarterContext, userId: string): Promise<void> {
  const [person] = await ctx.db
    .select({ name: users.name, status: starterKits.status })
    .from(users)
    .leftJoin(starterKits, eq(starterKits.userId, users.id))
    .where(eq(users.id, userId))
  if (!person) throw new GangwayError('NOT_FOUND')
  if (person.status === 'ready') return
  await inTransaction(ctx.db, (tx) => createKit(tx, { userId, name: person.name, at: ctx.clock.now() }))
}

async function recordFailure(ctx: StarterContext, userId: string, err: unknown): Promise<void> {
  const errorId = ctx.ids.errorId()
  ctx.log.error({ errorId, userId, err }, 'the starter kit could not be made')
  const at = ctx.clock.now()
  try {
    await ctx.db
      .insert(starterKits)
      .values({ userId, status: 'incomplete', attempts: 1, errorId, createdAt: at, updatedAt: at })
      .onConflictDoUpdate({
        target: starterKits.userId,
        set: { status: 'incomplete', attempts: sql`${starterKits.attempts} + 1`, errorId, updatedAt: at },
        // Somebody else's attempt may have succeeded in the meantime.
        setWhere: sql`${starterKits.status} <> 'ready'`,
      })
  } catch (failure) {
    ctx.log.error({ errorId, userId, err: failure }, 'the failure of a starter kit could not be recorded')
  }
}
