import { datasetName } from '../../workspace/index.ts'
import { paidSubscription, providerOf } from '../paid-subscription.ts'
import type { Stage } from './stage.ts'

/** The dataset's name is chosen here, so that it is on record before anything is created under it. */
export const createOrganization: Stage = {
  id: 'create_organization',
  async run(ctx, { run, checkout }) {
    const id = ctx.ids.uuid()
    const workspace = datasetName(ctx, run.slug)
    const providerSubscriptionId = await paidSubscription(ctx, run, checkout)
    const { slug, companyName: name, userId: ownerId, checkoutSessionId, plan } = run
    return {
      kind: 'completed',
      detail: { orgId: id, slug },
      patch: { orgId: id, workspace },
      effects: {
        organization: { id, slug, name, workspace, ownerId },
        subscription: {
          orgId: id,
          checkoutSessionId,
          plan,
          provider: providerOf(ctx, run),
          providerSubscriptionId,
        },
      },
    }
  },
  undo: {
    inside: (_ctx, { orgId, slug }) => (orgId ? { detail: { orgId, slug }, effects: { abandon: orgId } } : { detail: {} }),
  },
}
