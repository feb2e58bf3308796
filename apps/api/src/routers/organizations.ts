import { listMyOrganizations } from '@gangway/core/organizations'
import { organizationSchema } from '@gangway/schemas/organizations'
import { customerProcedure, router } from '../trpc/init.ts'

export const organizationsRouter = router({
  mine: customerProcedure
    .output(organizationSchema.array())
    .query(({ ctx }) => listMyOrganizations(ctx.contexts.base, { userId: ctx.user.id })),
})
