import { connectIntegration, listIntegrations, removeIntegration, scheduleIntegration } from '@gangway/core/integrations'
import {
  connectIntegrationInputSchema,
  integrationInputSchema,
  integrationSchema,
  orgInputSchema,
  scheduleIntegrationInputSchema,
} from '@gangway/schemas/integrations'
import * as z from 'zod/mini'
import { customerProcedure, router } from '../trpc/init.ts'

/** For owners and admins of the organization. */
export const integrationsRouter = router({
  list: customerProcedure
    .input(orgInputSchema)
    .output(z.array(integrationSchema))
    .query(({ ctx, input }) => listIntegrations(ctx.contexts.integrations, { ...input, userId: ctx.user.id })),

  connect: customerProcedure
    .input(connectIntegrationInputSchema)
    .output(integrationSchema)
    .mutation(({ ctx, input }) => connectIntegration(ctx.contexts.integrations, { ...input, userId: ctx.user.id })),

  schedule: customerProcedure
    .input(scheduleIntegrationInputSchema)
    .output(integrationSchema)
    .mutation(({ ctx, input }) => scheduleIntegration(ctx.contexts.integrations, { ...input, userId: ctx.user.id })),

  remove: customerProcedure
    .input(integrationInputSchema)
    .mutation(({ ctx, input }) => removeIntegration(ctx.contexts.integrations, { ...input, userId: ctx.user.id })),
})
