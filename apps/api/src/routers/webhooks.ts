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
import { customerProcedure, router } from '../trpc/init.ts'

const org = ofOrganizationSchema.shape
const caller = (ctx: { user: { id: string } }, input: { orgId: string }) => ({ actorId: ctx.user.id, orgId: input.orgId })

/** An organization's own; for its owners and admins. */
export const webhooksRouter = router({
  list: customerProcedure
    .input(ofOrganizationSchema)
    .output(webhookEndpointSchema.array())
    .query(({ ctx, input }) => listEndpoints(ctx.contexts.webhooks, { caller: caller(ctx, input) })),

  create: customerProcedure
    .input(webhookEndpointFieldsSchema.extend(org))
    .output(webhookSecretSchema)
    .mutation(({ ctx, input: { orgId, ...fields } }) =>
      createEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), fields }),
    ),

  update: customerProcedure
    .input(updateWebhookEndpointSchema.extend(org))
    .output(webhookEndpointSchema)
    .mutation(({ ctx, input: { orgId, endpointId, enabled, ...fields } }) =>
      updateEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), endpointId, fields, enabled }),
    ),

  rotate: customerProcedure
    .input(rotateWebhookSecretSchema.extend(org))
    .output(webhookSecretSchema)
    .mutation(({ ctx, input: { orgId, ...asked } }) =>
      rotateSecret(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), ...asked }),
    ),

  remove: customerProcedure
    .input(webhookEndpointIdSchema.extend(org))
    .mutation(({ ctx, input }) =>
      deleteEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, input), endpointId: input.endpointId }),
    ),

  ping: customerProcedure
    .input(webhookEndpointIdSchema.extend(org))
    .output(webhookDeliveryIdSchema)
    .mutation(({ ctx, input }) =>
      pingEndpoint(ctx.contexts.webhooks, { caller: caller(ctx, input), endpointId: input.endpointId }),
    ),

  deliveries: customerProcedure
    .input(listWebhookDeliveriesSchema.extend(org))
    .output(webhookDeliveriesPageSchema)
    .query(({ ctx, input: { orgId, ...asked } }) =>
      listDeliveries(ctx.contexts.webhooks, { caller: caller(ctx, { orgId }), ...asked }),
    ),

  delivery: customerProcedure
    .input(webhookDeliveryIdSchema.extend(org))
    .output(webhookDeliveryDetailsSchema)
    .query(({ ctx, input }) =>
      deliveryDetails(ctx.contexts.webhooks, { caller: caller(ctx, input), deliveryId: input.deliveryId }),
    ),

  redeliver: customerProcedure
    .input(webhookDeliveryIdSchema.extend(org))
    .output(webhookDeliverySchema)
    .mutation(({ ctx, input }) => redeliver(ctx.contexts.webhooks, { caller: caller(ctx, input), deliveryId: input.deliveryId })),
})
