import { complete, getOrCreateSession, save } from '@gangway/core/questionnaire'
import { restCompleteSchema, restOnboardingProgressSchema, restSaveSchema } from '@gangway/schemas/rest/onboarding'
import { defineRoute, nothing } from '../route.ts'
import { progressOf } from './onboarding-views.ts'

const PROGRESS = '/api/users/me/onboarding-progress'

export const onboardingRoutes = [
  defineRoute({
    ...{ method: 'GET', path: PROGRESS, who: 'customer', tag: 'Questionnaire' },
    summary: 'How far I am in the questionnaire, with my answers',
    input: nothing,
    answer: restOnboardingProgressSchema,
    errors: [],
    handle: async ({ questionnaire }, { caller }) => progressOf(await getOrCreateSession(questionnaire, { userId: caller.id })),
  }),

  defineRoute({
    ...{ method: 'PATCH', path: PROGRESS, who: 'customer', tag: 'Questionnaire' },
    summary: 'Save answers of one step',
    description:
      'Taken only at the current revision. REVISION_CONFLICT carries the present progress and the conflicts, field by field; ANSWERS_INCOMPLETE says in `fields` why the step cannot be completed: the answers are saved then.',
    input: restSaveSchema,
    example: {
      revision: 3,
      step: 'profile',
      patch: { jobTitle: 'Engineer' },
      mutation_id: '7b0c1c5e-8d1f-4d55-9f5e-2f1f3f3a9f10',
    },
    answer: restOnboardingProgressSchema,
    errors: ['REVISION_CONFLICT', 'ANSWERS_INCOMPLETE', 'SESSION_COMPLETED', 'STEP_REQUIRED'],
    handle: async ({ questionnaire }, { caller, input: { mutation_id: mutationId, ...input } }) =>
      progressOf(await save(questionnaire, { ...input, mutationId, userId: caller.id })),
  }),

  defineRoute({
    ...{ method: 'POST', path: '/api/onboarding/complete', who: 'customer', tag: 'Questionnaire' },
    summary: 'Complete the questionnaire',
    description: 'A second call is answered like the first. ANSWERS_INCOMPLETE says in `fields` what is missing.',
    input: restCompleteSchema,
    example: { revision: 9, mutation_id: '0d4d9c8e-56b5-4b0a-8a39-6f8f3f2d7c11' },
    answer: restOnboardingProgressSchema,
    errors: ['REVISION_CONFLICT', 'ANSWERS_INCOMPLETE'],
    handle: async ({ questionnaire }, { caller, input: { revision, mutation_id: mutationId } }) =>
      progressOf(await complete(questionnaire, { revision, mutationId, userId: caller.id })),
  }),
]
