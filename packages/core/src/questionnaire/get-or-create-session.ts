import { inTransaction } from '@gangway/db/transaction'
import type { OnboardingSession } from '@gangway/schemas/onboarding'
import type { BaseContext } from '../context.ts'
import { findOrCreateSession, findSession } from './session-row.ts'
import { sessionView } from './session-view.ts'

/** A user's session: made at the first read, and the completed one once it is completed. */
export async function getOrCreateSession(ctx: BaseContext, { userId }: { userId: string }): Promise<OnboardingSession> {
  const found = await findSession(ctx.db, userId)
  if (found) return sessionView(found)
  const at = ctx.clock.now()
  return sessionView(await inTransaction(ctx.db, (tx) => findOrCreateSession(tx, { userId, at })))
}
