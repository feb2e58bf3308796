import type { RestRoute } from '../route.ts'
import { answersRoutes } from './answers.ts'
import { billingRoutes } from './billing.ts'
import { bootstrapRoutes } from './bootstrap.ts'
import { onboardingRoutes } from './onboarding.ts'
import { pipelineRoutes } from './pipelines.ts'
import { quotaRoutes } from './quota.ts'
import { starterRoutes } from './starter.ts'
import { tenantRoutes } from './tenants.ts'

/** Every call of the REST interface that this server answers by a use-case. */
export const REST_ROUTES: readonly RestRoute[] = [
  ...bootstrapRoutes,
  ...tenantRoutes,
  ...onboardingRoutes,
  ...starterRoutes,
  ...answersRoutes,
  ...pipelineRoutes,
  ...quotaRoutes,
  ...billingRoutes,
]
