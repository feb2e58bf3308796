import { getQuota } from '@gangway/core/quotas'
import type { Quota } from '@gangway/schemas/quotas'
import { restQuotaSchema } from '@gangway/schemas/rest/pipelines'
import { defineRoute, nothing } from '../route.ts'

export const quotaRoutes = [
  defineRoute({
    ...{ method: 'GET', path: '/api/v1/quota', who: 'api_key', tag: 'Pipelines' },
    summary: 'What the plan allows, and what of it is used',
    description: 'For keys with the scope usage:read or pipelines:run.',
    input: nothing,
    answer: restQuotaSchema,
    errors: ['SUBSCRIPTION_INACTIVE'],
    async handle({ base }, { caller }) {
      const { plan, day, month, atOnce } = await getQuota(base, { caller })
      return { plan, day: usageOf(day), month: usageOf(month), at_once: usageOf(atOnce) }
    },
  }),
]

function usageOf({ limit, used, resetsAt }: Quota['day']) {
  return { limit, used, resets_at: resetsAt?.toISOString() ?? null }
}
