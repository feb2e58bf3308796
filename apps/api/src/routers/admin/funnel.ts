import { funnelCohorts, funnelVariants, getFunnel, listFunnelPeople } from '@gangway/core/funnel'
import {
  funnelCohortsInputSchema,
  funnelCohortsSchema,
  funnelInputSchema,
  funnelPeopleInputSchema,
  funnelPeoplePageSchema,
  funnelSchema,
  funnelVariantsSchema,
} from '@gangway/schemas/funnel'
import { router, staffProcedure } from '../../trpc/init.ts'

export const funnelRouter = router({
  get: staffProcedure
    .input(funnelInputSchema)
    .output(funnelSchema)
    .query(({ ctx, input }) => getFunnel(ctx.contexts.base, input)),

  cohorts: staffProcedure
    .input(funnelCohortsInputSchema)
    .output(funnelCohortsSchema)
    .query(({ ctx, input }) => funnelCohorts(ctx.contexts.base, input)),

  variants: staffProcedure
    .input(funnelInputSchema)
    .output(funnelVariantsSchema)
    .query(({ ctx, input }) => funnelVariants(ctx.contexts.base, input)),

  people: staffProcedure
    .input(funnelPeopleInputSchema)
    .output(funnelPeoplePageSchema)
    .query(({ ctx, input }) => listFunnelPeople(ctx.contexts.answers, { ...input, actorId: ctx.user.id })),
})
