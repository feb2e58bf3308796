import { GangwayError } from '@gangway/core/errors'
import type { Provider } from '@gangway/core/ports'
import { z } from 'zod'
import { ask, type Caller, type ProviderSettings } from './ask.ts'

/** https://ai.google.dev/api/models#method:-models.list */
const models = z.object({ models: z.array(z.object({ name: z.string() })) })

/** A key that is not one is answered 400, and said to be one in the details. https://cloud.google.com/apis/design/errors#error_details */
const rejected = z.object({
  error: z.object({
    details: z
      .array(z.looseObject({ reason: z.string().optional() }))
      .refine((all) => all.some(({ reason }) => isRejection(reason))),
  }),
})

function isRejection(reason: string | undefined): boolean {
  return reason === 'API_KEY_INVALID' || reason === 'API_KEY_EXPIRED'
}

/** Google tells nobody usage or cost by an API key: keys are checked, and there are no reports. */
export function createGemini({ baseUrl, clock }: ProviderSettings): Provider {
  const caller: Caller = {
    provider: 'gemini',
    baseUrl,
    clock,
    headers: (key) => ({ 'x-goog-api-key': key }),
    reasonOf: (status, body) => (status === 400 && rejected.safeParse(body).success ? 'key_rejected' : undefined),
  }
  return {
    id: 'gemini',
    async validateKey(key) {
      await ask(caller, { path: '/v1beta/models', query: { pageSize: 1 }, key, answer: models })
    },
    fetchUsage: withoutReports,
    fetchCost: withoutReports,
  }
}

async function withoutReports(): Promise<never> {
  throw new GangwayError('PROVIDER_WITHOUT_REPORTS')
}
