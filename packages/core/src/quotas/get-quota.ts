import { subscriptions } from '@gangway/db/schema'
import type { Quota } from '@gangway/schemas/quotas'
import { eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { type ApiKeyCaller, requireScope } from '../keys/index.ts'
import type { MemberCaller } from '../organizations/index.ts'
import { quotaOf } from './usage.ts'

/** The quota of the caller's organization. Throws API_KEY_SCOPE_MISSING, and SUBSCRIPTION_INACTIVE where there never was a plan. */
export async function getQuota(ctx: BaseContext, { caller }: { caller: MemberCaller | ApiKeyCaller }): Promise<Quota> {
  if (caller.kind === 'api_key') requireScope(caller, ['usage:read', 'pipelines:run'])
  const { orgId } = caller
  const [subscription] = await ctx.db
    .select({ plan: subscriptions.plan })
    .from(subscriptions)
    .where(eq(subscriptions.orgId, orgId))
  if (!subscription) throw new GangwayError('SUBSCRIPTION_INACTIVE')
  return quotaOf(ctx.db, { orgId, plan: subscription.plan, at: ctx.clock.now() })
}
