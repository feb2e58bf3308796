import { paySandboxCheckoutInputSchema, sandboxCheckoutSchema } from '@gangway/schemas/checkout'
import { startRunInputSchema } from '@gangway/schemas/provisioning'
import { z } from 'zod'
import { publicProcedure, router } from '../trpc/init.ts'

/** The sandbox's own payment page. Like a provider's hosted page it is open to whoever has the address. */
export const sandboxCheckoutRouter = router({
  get: publicProcedure
    .input(startRunInputSchema)
    .output(sandboxCheckoutSchema)
    .query(({ ctx, input }) => ctx.contexts.sandbox.getSandboxCheckout(input.checkoutSessionId)),

  pay: publicProcedure
    .input(paySandboxCheckoutInputSchema)
    .output(z.object({ redirectUrl: z.url() }))
    .mutation(({ ctx, input }) => ctx.contexts.sandbox.paySandboxCheckout(input)),
})
