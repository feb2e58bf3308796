import { organizations, slugReservations } from '@gangway/db/schema'
import { SLUG_PATTERN, type SlugAvailability } from '@gangway/schemas/slug'
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'

export interface WantedSlug {
  slug: string
  /** Who wants it: what they have reserved themselves is free for them. */
  userId?: string | undefined
  /** The run that wants it: the organization that it has made is its own. */
  runId?: string | undefined
}

/** Whether the slug can be had now: nobody else's organization, and nobody else's open checkout. */
export async function checkSlug(ctx: BaseContext, { slug, userId, runId }: WantedSlug): Promise<SlugAvailability> {
  if (!SLUG_PATTERN.test(slug)) return { slug, available: false, reason: 'invalid' }
  const [organization] = await ctx.db
    .select({ runId: organizations.runId })
    .from(organizations)
    .where(and(eq(organizations.slug, slug), ne(organizations.status, 'abandoned')))
  // Whose organization has the slug, has it: somebody else's reservation comes too late.
  if (organization && organization.runId === runId) return { slug, available: true, reason: null }
  if (organization) return { slug, available: false, reason: 'taken' }
  const [reservation] = await ctx.db
    .select({ slug: slugReservations.slug })
    .from(slugReservations)
    .where(
      and(
        eq(slugReservations.slug, slug),
        userId === undefined ? undefined : ne(slugReservations.userId, userId),
        gt(slugReservations.expiresAt, sql`now()`),
      ),
    )
  if (reservation) return { slug, available: false, reason: 'reserved' }
  return { slug, available: true, reason: null }
}

/** Throws SLUG_INVALID or SLUG_TAKEN. */
export async function assertSlugFree(ctx: BaseContext, wanted: { slug: string; userId: string }): Promise<void> {
  const { available, reason } = await checkSlug(ctx, wanted)
  if (!available) throw new GangwayError(reason === 'invalid' ? 'SLUG_INVALID' : 'SLUG_TAKEN')
}
