import { documents } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { StarterKit } from '@gangway/schemas/starter'
import { and, isNotNull } from 'drizzle-orm'
import type { StarterContext } from '../context.ts'
import { samplesOf } from './samples-of.ts'
import { starterStatus } from './status.ts'

/** Brings removed sample documents back as they were. A repeat does nothing. */
export async function restoreSamples(ctx: StarterContext, { userId }: { userId: string }): Promise<StarterKit> {
  await inTransaction(ctx.db, (tx) =>
    tx
      .update(documents)
      .set({ removedAt: null })
      .where(and(samplesOf(tx, userId), isNotNull(documents.removedAt))),
  )
  return starterStatus(ctx, { userId })
}
