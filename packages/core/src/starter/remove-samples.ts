import { documents } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { StarterKit } from '@gangway/schemas/starter'
import { and, isNull } from 'drizzle-orm'
import type { StarterContext } from '../context.ts'
import { samplesOf } from './samples-of.ts'
import { starterStatus } from './status.ts'

/** Takes the sample documents away. What the person has edited is theirs and stays. A repeat does nothing. */
export async function removeSamples(ctx: StarterContext, { userId }: { userId: string }): Promise<StarterKit> {
  const removedAt = ctx.clock.now()
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(documents)
      .set({ removedAt })
      .where(and(samplesOf(tx, userId), isNull(documents.editedAt), isNull(documents.removedAt))),
  )
  return starterStatus(ctx, { userId })
}
