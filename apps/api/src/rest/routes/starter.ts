import { retryStarterKit, starterStatus } from '@gangway/core/starter'
import { type RestStarterKit, restStarterKitSchema } from '@gangway/schemas/rest/starter'
import type { StarterKit } from '@gangway/schemas/starter'
import { defineRoute, nothing } from '../route.ts'

export const starterRoutes = [
  defineRoute({
    ...{ method: 'GET', path: '/api/v1/users/me/onboarding/status', who: 'customer', tag: 'Starter kit' },
    summary: 'What there is of my starter kit',
    input: nothing,
    answer: restStarterKitSchema,
    errors: [],
    handle: async ({ starter }, { caller }) => kitOf(await starterStatus(starter, { userId: caller.id })),
  }),

  defineRoute({
    ...{ method: 'POST', path: '/api/v1/users/me/onboarding/retry', who: 'customer', tag: 'Starter kit' },
    summary: 'Finish my starter kit',
    input: nothing,
    answer: restStarterKitSchema,
    errors: [],
    handle: async ({ starter }, { caller }) => kitOf(await retryStarterKit(starter, { userId: caller.id })),
  }),
]

function kitOf({ documents, ...kit }: StarterKit): RestStarterKit {
  return {
    ...kit,
    documents: documents.map(({ id, title, isSample, updatedAt }) => ({
      ...{ id, title },
      is_sample: isSample,
      updated_at: updatedAt.toISOString(),
    })),
  }
}
