import { documents, notebooks, spaces } from '@gangway/db/schema'
import type { StarterDocument } from '@gangway/schemas/starter'
import { and, eq, isNull } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

interface ReadDocument {
  userId: string
  documentId: string
}

/** One document out of a person's own space, with its Markdown. Throws NOT_FOUND for removed ones and those of others. */
export async function readDocument(ctx: BaseContext, { userId, documentId }: ReadDocument): Promise<StarterDocument> {
  const [document] = await ctx.db
    .select({
      id: documents.id,
      title: documents.title,
      body: documents.body,
      isSample: documents.isSample,
      updatedAt: documents.updatedAt,
    })
    .from(documents)
    .innerJoin(notebooks, eq(notebooks.id, documents.notebookId))
    .innerJoin(spaces, eq(spaces.id, notebooks.spaceId))
    .where(and(eq(documents.id, documentId), eq(spaces.ownerId, userId), isNull(documents.removedAt)))
  if (!document) throw new GangwayError('NOT_FOUND')
  return document
}
