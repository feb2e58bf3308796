import { documents, notebooks, spaces } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, eq, inArray, type SQL } from 'drizzle-orm'

/** The condition that picks the samples of one person. */
export function samplesOf(tx: Tx, userId: string): SQL | undefined {
  const theirs = tx
    .select({ id: notebooks.id })
    .from(notebooks)
    .innerJoin(spaces, eq(spaces.id, notebooks.spaceId))
    .where(eq(spaces.ownerId, userId))
  return and(eq(documents.isSample, true), inArray(documents.notebookId, theirs))
}
