import { onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { slugSchema } from '@gangway/schemas/slug'
import { and, eq, sql } from 'drizzle-orm'
import { assertSlugFree } from '../checkout/check-slug.ts'
import type { ProvisioningContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { ownRun } from './find-run.ts'
import { type Fulfilment, fulfil } from './fulfil.ts'

/** Another slug for a run whose own was taken in the meantime; the run goes on. Throws SLUG_INVALID, SLUG_TAKEN, RUN_STATE_INVALID. */
export async function chooseSlug(
  ctx: ProvisioningContext,
  input: { userId: string; checkoutSessionId: string; slug: string },
): Promise<Fulfilment> {
  const slug = slugSchema.safeParse(input.slug)
  if (!slug.success) throw new GangwayError('SLUG_INVALID')
  const run = await ownRun(ctx, input)
  await assertSlugFree(ctx, { slug: slug.data, userId: input.userId })
  const changed = await inTransaction(ctx.db, (tx) =>
    tx
      .update(onboardingRuns)
      .set({ slug: slug.data, updatedAt: sql`now()` })
      .where(
        and(
          eq(onboardingRuns.id, run.id),
          eq(onboardingRuns.state, 'failed'),
          eq(sql`${onboardingRuns.failure} ->> 'code'`, 'SLUG_TAKEN'),
        ),
      )
      .returning({ id: onboardingRuns.id }),
  )
  if (changed.length === 0) throw new GangwayError('RUN_STATE_INVALID')
  return fulfil(ctx, { checkoutSessionId: input.checkoutSessionId, userId: input.userId, resume: true })
}
