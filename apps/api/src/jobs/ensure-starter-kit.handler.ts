import { ensureStarterKit } from '@gangway/core/starter'
import type { ensureStarterKitJob } from './ensure-starter-kit.ts'
import type { Handler } from './registry.ts'

export const handleEnsureStarterKit: Handler<typeof ensureStarterKitJob.schema> = ({ contexts }, payload) =>
  ensureStarterKit(contexts.starter, payload)
