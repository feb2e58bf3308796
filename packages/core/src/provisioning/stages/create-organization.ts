import { datasetName } from '../../workspace/index.ts'
import type { Stage } from './stage.ts'

/** The dataset's name is chosen here, so that it is on record before anything is created under it. */
export const createOrganization: Stage = {
  id: 'create_organization',
  async run(ctx, { run }) {
    const orgId = ctx.ids.uuid()
    const workspace = datasetName(ctx, run.slug)
    return {
      kind: 'completed',
      detail: { orgId, slug: run.slug },
      patch: { orgId, workspace },
      effects: [
        {
          kind: 'create_organization',
          organization: { id: orgId, runId: run.id, slug: run.slug, name: run.companyName, workspace },
          ownerId: run.userId,
          subscription: {
            checkoutSessionId: run.checkoutSessionId,
            plan: run.plan,
            status: 'active',
            provider: ctx.billing.provider,
          },
        },
      ],
    }
  },
}
