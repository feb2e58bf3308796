import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { BaseContext } from '../context.ts'
import { questionsOf } from './manifest.ts'
import { readSession } from './session-row.ts'
import { sessionView } from './session-view.ts'

/** A user's session: made at the first read, and the completed one once it is completed. */
export async function getOrCreateSession(ctx: BaseContext, { userId }: { userId: string }): Promise<OnboardingSession> {
  const at = ctx.clock.now()
  const row = await readSession(ctx, { userId, at })
  return sessionView(row, await questionsOf(ctx, ctx.db, row))
}
