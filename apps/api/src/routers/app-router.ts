import { router } from '../trpc/init.ts'
import { accountRouter } from './account.ts'
import { adminRouter } from './admin.ts'
import { checkoutRouter } from './checkout.ts'
import { keysRouter } from './keys.ts'
import { onboardingRouter } from './onboarding.ts'
import { organizationsRouter } from './organizations.ts'
import { provisioningRouter } from './provisioning.ts'
import { sandboxCheckoutRouter } from './sandbox-checkout.ts'
import { starterRouter } from './starter.ts'
import { webhooksRouter } from './webhooks.ts'

export const appRouter = router({
  account: accountRouter,
  admin: adminRouter,
  checkout: checkoutRouter,
  keys: keysRouter,
  onboarding: onboardingRouter,
  organizations: organizationsRouter,
  provisioning: provisioningRouter,
  sandboxCheckout: sandboxCheckoutRouter,
  starter: starterRouter,
  webhooks: webhooksRouter,
})

export type AppRouter = typeof appRouter
