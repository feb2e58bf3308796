import { onboardingStageEvents } from '@gangway/db/schema'
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { ProvisioningContext } from '../context.ts'
import type { Checkout } from '../ports/index.ts'
import type { Run } from './run-row.ts'

/** Under whose name the subscription of a run is kept. */
export function providerOf(ctx: ProvisioningContext, run: Run): string {
  return run.origin === 'operator' ? 'operator' : ctx.billing.provider
}

const verifiedSchema = z.object({ subscriptionId: z.string().nullable() })

/**
 * The provider's subscription that pays for a run; null where there is none. Whoever goes on with a run that others have
 * verified reads what they noted.
 */
export async function paidSubscription(ctx: ProvisioningContext, run: Run, checkout?: Checkout): Promise<string | null> {
  if (run.origin === 'operator') return null
  if (checkout) return checkout.subscriptionId
  const { runId, stage, status, detail, seq } = onboardingStageEvents
  const [verified] = await ctx.db
    .select({ detail })
    .from(onboardingStageEvents)
    .where(and(eq(runId, run.id), eq(stage, 'verify_payment'), eq(status, 'completed')))
    .orderBy(desc(seq))
    .limit(1)
  return verifiedSchema.safeParse(verified?.detail).data?.subscriptionId ?? null
}
