import { router } from '../trpc/init.ts'
import { accountRouter } from './account.ts'
import { adminRouter } from './admin.ts'
import { checkoutRouter } from './checkout.ts'
import { handOffsRouter } from './hand-offs.ts'
import { integrationsRouter } from './integrations.ts'
import { keysRouter } from './keys.ts'
import { onboardingRouter } from './onboarding.ts'
import { organizationsRouter } from './organizations.ts'
import { pipelinesRouter } from './pipelines.ts'
import { provisioningRouter } from './provisioning.ts'
import { quotasRouter } from './quotas.ts'
import { sandboxCheckoutRouter } from './sandbox-checkout.ts'
import { starterRouter } from './starter.ts'
import { webhooksRouter } from './webhooks.ts'

export const appRouter = router({
  account: accountRouter,
  admin: adminRouter,
  checkout: checkoutRouter,
  handOffs: handOffsRouter,
  integrations: integrationsRouter,
  keys: keysRouter,
  onboarding: onboardingRouter,
  organizations: organizationsRouter,
  pipelines: pipelinesRouter,
  provisioning: provisioningRouter,
  quotas: quotasRouter,
  sandboxCheckout: sandboxCheckoutRouter,
  starter: starterRouter,
  webhooks: webhooksRouter,
})

export type AppRouter = typeof appRouter
