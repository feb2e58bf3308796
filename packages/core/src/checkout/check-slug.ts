import { organizations, slugReservations } from '@gangway/db/schema'
import { SLUG_PATTERN, type SlugAvailability } from '@gangway/schemas/slug'
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

/** Whether this person can have the slug now: nobody's organization, and nobody else's open checkout. */
export async function checkSlug(ctx: BaseContext, { slug, userId }: { slug: string; userId: string }): Promise<SlugAvailability> {
  if (!SLUG_PATTERN.test(slug)) return { slug, available: false, reason: 'invalid' }
  const [organization] = await ctx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.slug, slug), ne(organizations.status, 'abandoned')))
  if (organization) return { slug, available: false, reason: 'taken' }
  const [reservation] = await ctx.db
    .select({ slug: slugReservations.slug })
    .from(slugReservations)
    .where(and(eq(slugReservations.slug, slug), ne(slugReservations.userId, userId), gt(slugReservations.expiresAt, sql`now()`)))
  if (reservation) return { slug, available: false, reason: 'reserved' }
  return { slug, available: true, reason: null }
}

/** Throws SLUG_INVALID or SLUG_TAKEN. */
export async function assertSlugFree(ctx: BaseContext, wanted: { slug: string; userId: string }): Promise<void> {
  const { available, reason } = await checkSlug(ctx, wanted)
  if (!available) throw new GangwayError(reason === 'invalid' ? 'SLUG_INVALID' : 'SLUG_TAKEN')
}
