import { mirrorIntegration } from '@gangway/core/integrations'
import type { mirrorIntegrationJob } from './mirror-integration.ts'
import type { Handler } from './registry.ts'

export const handleMirrorIntegration: Handler<typeof mirrorIntegrationJob.schema> = ({ contexts }, payload) =>
  mirrorIntegration(contexts.integrations, payload)
