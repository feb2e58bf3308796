import { checkSlug, createCheckout } from '@gangway/core/checkout'
import { createCheckoutInputSchema, createdCheckoutSchema } from '@gangway/schemas/checkout'
import { slugAvailabilitySchema } from '@gangway/schemas/slug'
import { z } from 'zod'
import { customerProcedure, router } from '../trpc/init.ts'

export const checkoutRouter = router({
  checkSlug: customerProcedure
    .input(z.object({ slug: z.string().max(100) }))
    .output(slugAvailabilitySchema)
    .query(({ ctx, input }) => checkSlug(ctx.contexts.checkout, { slug: input.slug, userId: ctx.user.id })),

  create: customerProcedure
    .input(createCheckoutInputSchema)
    .output(createdCheckoutSchema)
    .mutation(({ ctx, input }) =>
      createCheckout(ctx.contexts.checkout, { ...input, userId: ctx.user.id, email: ctx.user.email }),
    ),
})
