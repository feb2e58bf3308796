import { checkIntegration } from '@gangway/core/integrations'
import type { checkIntegrationJob } from './check-integration.ts'
import type { Handler } from './registry.ts'

export const handleCheckIntegration: Handler<typeof checkIntegrationJob.schema> = ({ contexts }, payload) =>
  checkIntegration(contexts.integrations, payload)
