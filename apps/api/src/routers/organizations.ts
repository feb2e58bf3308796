import { joinByInvite, listMyOrganizations, readChecklist } from '@gangway/core/organizations'
import { checklistSchema, joinedSchema, joinInputSchema, organizationSchema } from '@gangway/schemas/organizations'
import { customerProcedure, router } from '../trpc/init.ts'

export const organizationsRouter = router({
  mine: customerProcedure
    .output(organizationSchema.array())
    .query(({ ctx }) => listMyOrganizations(ctx.contexts.base, { userId: ctx.user.id })),

  checklist: customerProcedure
    .output(checklistSchema.nullable())
    .query(({ ctx }) => readChecklist(ctx.contexts.base, { userId: ctx.user.id })),

  join: customerProcedure
    .input(joinInputSchema)
    .output(joinedSchema)
    .mutation(({ ctx, input }) => joinByInvite(ctx.contexts.base, { userId: ctx.user.id, ...input })),
})
