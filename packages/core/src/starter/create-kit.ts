import { assistants, documents, notebooks, spaces, starterKits } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, eq, sql } from 'drizzle-orm'
import { personalSpaceName, STARTER_KIT } from './kit.ts'

interface Owner {
  userId: string
  name: string
  at: Date
}

/** Inserts what is missing. Parts that are there, edited or removed ones too, are left as they are. */
export async function createKit(tx: Tx, owner: Owner): Promise<void> {
  const { userId, at } = owner
  const spaceId = await ensureSpace(tx, owner)
  const notebookId = await ensureNotebook(tx, spaceId, at)
  await tx
    .insert(documents)
    .values(
      STARTER_KIT.documents.map(({ key, title, body }, position) => ({
        notebookId,
        starterKey: key,
        position,
        title,
        body,
        isSample: true,
        createdAt: at,
        updatedAt: at,
      })),
    )
    .onConflictDoNothing({ target: [documents.notebookId, documents.starterKey] })
  const { key, name, type } = STARTER_KIT.assistant
  await tx
    .insert(assistants)
    .values({ ownerId: userId, notebookId, starterKey: key, name, type, createdAt: at })
    .onConflictDoNothing({ target: [assistants.ownerId, assistants.starterKey] })
  await tx
    .insert(starterKits)
    .values({ userId, status: 'ready', attempts: 1, createdAt: at, updatedAt: at })
    .onConflictDoUpdate({
      target: starterKits.userId,
      set: { status: 'ready', attempts: sql`${starterKits.attempts} + 1`, errorId: null, updatedAt: at },
    })
}

// An insert that meets a row waits for whoever is making it; the read after it then sees that row.
async function ensureSpace(tx: Tx, { userId, name, at }: Owner): Promise<string> {
  const [made] = await tx
    .insert(spaces)
    .values({ ownerId: userId, kind: 'personal', name: personalSpaceName(name), createdAt: at })
    .onConflictDoNothing({ target: [spaces.ownerId, spaces.kind] })
    .returning({ id: spaces.id })
  const [space] = made
    ? [made]
    : await tx
        .select({ id: spaces.id })
        .from(spaces)
        .where(and(eq(spaces.ownerId, userId), eq(spaces.kind, 'personal')))
  if (!space) throw new Error(`the personal space of ${userId} vanished while its kit was made`)
  return space.id
}

async function ensureNotebook(tx: Tx, spaceId: string, at: Date): Promise<string> {
  const { key, title, visibility, tags } = STARTER_KIT.notebook
  const [made] = await tx
    .insert(notebooks)
    .values({ spaceId, starterKey: key, title, visibility, tags: [...tags], createdAt: at })
    .onConflictDoNothing({ target: [notebooks.spaceId, notebooks.starterKey] })
    .returning({ id: notebooks.id })
  const [notebook] = made
    ? [made]
    : await tx
        .select({ id: notebooks.id })
        .from(notebooks)
        .where(and(eq(notebooks.spaceId, spaceId), eq(notebooks.starterKey, key)))
  if (!notebook) throw new Error(`the notebook of space ${spaceId} vanished while its kit was made`)
  return notebook.id
}
