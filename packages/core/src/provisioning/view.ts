import type { RunView } from '@gangway/schemas/provisioning'
import type { Run } from './run-row.ts'

export function toView(run: Run): RunView {
  return {
    id: run.id,
    checkoutSessionId: run.checkoutSessionId,
    state: run.state,
    plan: run.plan,
    slug: run.slug,
    companyName: run.companyName,
    orgId: run.orgId,
    stagesCompleted: run.stagesCompleted,
    failure: run.failure,
  }
}
