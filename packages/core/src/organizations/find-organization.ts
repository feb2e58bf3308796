import { organizations } from '@gangway/db/schema'
import { and, eq, ne } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

/** The organization that has a slug now; undefined when none has it. Those that were given up have none. */
export async function findOrganization(
  { db }: BaseContext,
  { slug }: { slug: string },
): Promise<typeof organizations.$inferSelect | undefined> {
  const [found] = await db
    .select()
    .from(organizations)
    .where(and(eq(organizations.slug, slug), ne(organizations.status, 'abandoned')))
  return found
}
