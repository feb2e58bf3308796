import { answersByUser, listAnswers } from '@gangway/core/answers'
import type { AnswersFilter, Snapshot } from '@gangway/schemas/answers'
import {
  restAnswersByUserSchema,
  restListAnswersSchema,
  restPersonHistorySchema,
  type RestSnapshot,
  restSnapshotPageSchema,
} from '@gangway/schemas/rest/answers'
import { defineRoute } from '../route.ts'

export const answersRoutes = [
  defineRoute({
    ...{ method: 'GET', path: '/api/admin/onboarding/answers', who: 'admin', tag: 'Answers' },
    summary: 'Completed questionnaires, newest first',
    description: 'Pages go by key: rows that come in meanwhile neither repeat nor hide others. Every read is in the audit log.',
    input: restListAnswersSchema,
    answer: restSnapshotPageSchema,
    errors: ['FILTER_TOO_BROAD'],
    async handle({ answers }, { caller, input }) {
      // The filters of the staff app, every one of them.
      const filter = {
        roles: input.role,
        org: input.org,
        plan: input.plan,
        variant: input.variant,
        schemaVersion: input.schema_version,
        answers: input.answer,
        text: input.text,
        completedFrom: input.completed_from,
        completedBefore: input.completed_before,
      } satisfies Record<keyof AnswersFilter, unknown>
      const { cursor, limit } = input
      const { rows, nextCursor, count } = await listAnswers(answers, { filter, cursor, limit, actorId: caller.id })
      return { rows: rows.map(snapshotOf), next_cursor: nextCursor, count }
    },
  }),

  defineRoute({
    ...{ method: 'GET', path: '/api/admin/onboarding/answers/{userId}', who: 'admin', tag: 'Answers' },
    summary: 'Every completion of one person, with what changed between them',
    description: 'Every read is in the audit log.',
    input: restAnswersByUserSchema,
    answer: restPersonHistorySchema,
    errors: ['NOT_FOUND'],
    async handle({ answers }, { caller, input: { userId } }) {
      const { user, completions } = await answersByUser(answers, { userId, actorId: caller.id })
      const { createdAt, ...person } = user
      return {
        user: { ...person, created_at: createdAt.toISOString() },
        completions: completions.map(({ snapshot, changes }) => ({ snapshot: snapshotOf(snapshot), changes })),
      }
    },
  }),
]

function snapshotOf(snapshot: Snapshot): RestSnapshot {
  const { email, role, company, plan, variant, answers } = snapshot
  return {
    ...{ email, role, company, plan, variant, answers },
    session_id: snapshot.sessionId,
    user_id: snapshot.userId,
    org_slug: snapshot.orgSlug,
    completed_at: snapshot.completedAt.toISOString(),
    answer_schema_version: snapshot.answerSchemaVersion,
  }
}
