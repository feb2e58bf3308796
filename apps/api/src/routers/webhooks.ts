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
  ofOrganizationSchema,
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
import { customerProcedure, router } from '../trpc/init.ts'

const org = ofOrganizationSchema.shape
const caller = (ctx: { user: { id: string } }, input: { orgId: string }) => ({ actorId: ctx.user.id, orgId: input.orgId })

/** An organization's own; for its owners and admins. */
export const webhooksRouter = router({
  list: customerProcedure
    .input(ofOrganizationSchema)
    .output(z.array(webhookEndpointSchema))
    .query(({ ctx, input }) => listEndpoints(ctx.contexts.webhooks, { caller: caller(ctx, input) })),

  create: customerProcedure
    .input(z.extend(webhookEndpointFieldsSchema, org))
    .output(webhookSecretSchema)
    .mutation(({ ctx, input: { orgId, ...fields } }) =>
      createEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), fields }),
    ),

  update: customerProcedure
    .input(z.extend(updateWebhookEndpointSchema, org))
    .output(webhookEndpointSchema)
    .mutation(({ ctx, input: { orgId, endpointId, enabled, ...fields } }) =>
      updateEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), endpointId, fields, enabled }),
    ),

  rotate: customerProcedure
    .input(z.extend(rotateWebhookSecretSchema, org))
    .output(webhookSecretSchema)
    .mutation(({ ctx, input: { orgId, ...asked } }) =>
      rotateSecret(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), ...asked }),
    ),

  remove: customerProcedure
    .input(z.extend(webhookEndpointIdSchema, org))
    .mutation(({ ctx, input }) =>
      deleteEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, input), endpointId: input.endpointId }),
    ),

  ping: customerProcedure
    .input(z.extend(webhookEndpointIdSchema, org))
    .output(webhookDeliveryIdSchema)
    .mutation(({ ctx, input }) =>
      pingEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, input), endpointId: input.endpointId }),
    ),

  deliveries: customerProcedure
    .input(z.extend(listWebhookDeliveriesSchema, org))
    .output(webhookDeliveriesPageSchema)
    .query(({ ctx, input: { orgId, ...asked } }) =>
      listDeliveries(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), ...asked }),
    ),

  delivery: customerProcedure
    .input(z.extend(webhookDeliveryIdSchema, org))
    .output(webhookDeliveryDetailsSchema)
    .query(({ ctx, input }) =>
      deliveryDetails(ctx.contexts.webhooks, { caller: caller(ctx, input), deliveryId: input.deliveryId }),
    ),

  redeliver: customerProcedure
    .input(z.extend(webhookDeliveryIdSchema, org))
    .output(webhookDeliverySchema)
    .mutation(({ ctx, input }) => redeliver(ctx.contexts.webhooks, { caller: caller(ctx, input), deliveryId: input.deliveryId })),
})
