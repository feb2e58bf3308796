import type { SandboxBilling } from '@gangway/adapters/sandbox-billing'
import { GangwayError } from '@gangway/core/errors'
import { paySandboxCheckoutInputSchema, sandboxCheckoutSchema } from '@gangway/schemas/checkout'
import { startRunInputSchema } from '@gangway/schemas/provisioning'
import { z } from 'zod'
import type { Contexts } from '../compose.ts'
import { publicProcedure, router } from '../trpc/init.ts'

/** Throws CHECKOUT_NOT_FOUND where somebody else takes the payments. */
function sandboxOf({ sandbox }: Contexts): SandboxBilling {
  if (!sandbox) throw new GangwayError('CHECKOUT_NOT_FOUND')
  return sandbox
}

/** The sandbox's own payment page. Like a provider's hosted page it is open to whoever has the address. */
export const sandboxCheckoutRouter = router({
  get: publicProcedure
    .input(startRunInputSchema)
    .output(sandboxCheckoutSchema)
    .query(({ ctx, input }) => sandboxOf(ctx.contexts).getSandboxCheckout(input.checkoutSessionId)),

  pay: publicProcedure
    .input(paySandboxCheckoutInputSchema)
    .output(z.object({ redirectUrl: z.url() }))
    .mutation(({ ctx, input }) => sandboxOf(ctx.contexts).paySandboxCheckout(input)),
})
