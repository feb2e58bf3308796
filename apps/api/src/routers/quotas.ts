import { requireMember } from '@gangway/core/organizations'
import { getQuota } from '@gangway/core/quotas'
import { orgInputSchema } from '@gangway/schemas/integrations'
import { quotaSchema } from '@gangway/schemas/quotas'
import { customerProcedure, router } from '../trpc/init.ts'

/** For all members of the organization. */
export const quotasRouter = router({
  get: customerProcedure
    .input(orgInputSchema)
    .output(quotaSchema)
    .query(async ({ ctx, input: { orgId } }) => {
      const { base } = ctx.contexts
      return getQuota(base, { caller: await requireMember(base, { orgId, userId: ctx.user.id }) })
    }),
})
