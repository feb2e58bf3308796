import {
  createEndpoint,
  deleteEndpoint,
  deliveryDetails,
  listDeliveries,
  listEndpoints,
  pingEndpoint,
  redeliver,
  rotateSecret,
  updateEndpoint,
} from '@gangway/core/webhooks'
import {
  listWebhookDeliveriesSchema,
  rotateWebhookSecretSchema,
  updateWebhookEndpointSchema,
  webhookDeliveriesPageSchema,
  webhookDeliveryDetailsSchema,
  webhookDeliveryIdSchema,
  webhookDeliverySchema,
  webhookEndpointFieldsSchema,
  webhookEndpointIdSchema,
  webhookEndpointSchema,
  webhookSecretSchema,
} from '@gangway/schemas/webhooks'
import * as z from 'zod/mini'
import { router, staffProcedure } from '../../trpc/init.ts'

const operators = (ctx: { user: { id: string } }) => ({ actorId: ctx.user.id, orgId: null })

/** The operators' own endpoints, and everybody's deliveries. */
export const adminWebhooksRouter = router({
  list: staffProcedure
    .output(z.array(webhookEndpointSchema))
    .query(({ ctx }) => listEndpoints(ctx.contexts.webhooks, { caller: operators(ctx) })),

  create: staffProcedure
    .input(webhookEndpointFieldsSchema)
    .output(webhookSecretSchema)
    .mutation(({ ctx, input }) => createEndpoint(ctx.contexts.webhooks, { caller: operators(ctx), fields: input })),

  update: staffProcedure
    .input(updateWebhookEndpointSchema)
    .output(webhookEndpointSchema)
    .mutation(({ ctx, input: { endpointId, enabled, ...fields } }) =>
      updateEndpoint(ctx.contexts.webhooks, { caller: operators(ctx), endpointId, fields, enabled }),
    ),

  rotate: staffProcedure
    .input(rotateWebhookSecretSchema)
    .output(webhookSecretSchema)
    .mutation(({ ctx, input }) => rotateSecret(ctx.contexts.webhooks, { caller: operators(ctx), ...input })),

  remove: staffProcedure
    .input(webhookEndpointIdSchema)
    .mutation(({ ctx, input }) => deleteEndpoint(ctx.contexts.webhooks, { caller: operators(ctx), ...input })),

  ping: staffProcedure
    .input(webhookEndpointIdSchema)
    .output(webhookDeliveryIdSchema)
    .mutation(({ ctx, input }) => pingEndpoint(ctx.contexts.webhooks, { caller: operators(ctx), ...input })),

  deliveries: staffProcedure
    .input(listWebhookDeliveriesSchema)
    .output(webhookDeliveriesPageSchema)
    .query(({ ctx, input }) => listDeliveries(ctx.contexts.webhooks, { caller: operators(ctx), ...input })),

  delivery: staffProcedure
    .input(webhookDeliveryIdSchema)
    .output(webhookDeliveryDetailsSchema)
    .query(({ ctx, input }) => deliveryDetails(ctx.contexts.webhooks, { caller: operators(ctx), ...input })),

  redeliver: staffProcedure
    .input(webhookDeliveryIdSchema)
    .output(webhookDeliverySchema)
    .mutation(({ ctx, input }) => redeliver(ctx.contexts.webhooks, { caller: operators(ctx), ...input })),
})
