import { assistants, documents, notebooks, spaces, starterKits } from '@gangway/db/schema'
import type { StarterKit } from '@gangway/schemas/starter'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { STARTER_KIT } from './kit.ts'

/** What somebody has of the starter kit right now. Removed samples are not in it. */
export async function starterStatus(ctx: BaseContext, { userId }: { userId: string }): Promise<StarterKit> {
  const [[status], [parts]] = await Promise.all([
    ctx.db.select({ status: starterKits.status }).from(starterKits).where(eq(starterKits.userId, userId)),
    findParts(ctx, userId),
  ])
  return {
    status: status?.status ?? 'pending',
    space: parts?.space ?? null,
    notebook: parts?.notebook ?? null,
    documents: parts?.notebook ? await findDocuments(ctx, parts.notebook.id) : [],
    assistant: parts?.assistant ?? null,
  }
}

function findParts({ db }: BaseContext, userId: string) {
  return db
    .select({
      space: { id: spaces.id, name: spaces.name },
      notebook: { id: notebooks.id, title: notebooks.title, tags: notebooks.tags },
      assistant: { id: assistants.id, name: assistants.name, type: assistants.type },
    })
    .from(spaces)
    .leftJoin(notebooks, and(eq(notebooks.spaceId, spaces.id), eq(notebooks.starterKey, STARTER_KIT.notebook.key)))
    .leftJoin(assistants, and(eq(assistants.ownerId, spaces.ownerId), eq(assistants.starterKey, STARTER_KIT.assistant.key)))
    .where(and(eq(spaces.ownerId, userId), eq(spaces.kind, 'personal')))
}

function findDocuments({ db }: BaseContext, notebookId: string): Promise<StarterKit['documents']> {
  return db
    .select({ id: documents.id, title: documents.title, isSample: documents.isSample, updatedAt: documents.updatedAt })
    .from(documents)
    .where(and(eq(documents.notebookId, notebookId), isNull(documents.removedAt)))
    .orderBy(asc(documents.position), asc(documents.createdAt))
}
