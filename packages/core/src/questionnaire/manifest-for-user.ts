import type { SessionManifest } from '@gangway/schemas/manifest'
import type { BaseContext } from '../context.ts'
import { questionsOf } from './manifest.ts'
import { readSession } from './session-row.ts'

/** What a user's session asks: the manifest and the variant that it is pinned to, without what a flag keeps from them. */
export async function manifestForUser(ctx: BaseContext, { userId }: { userId: string }): Promise<SessionManifest> {
  const at = ctx.clock.now()
  const row = await readSession(ctx, { userId, at })
  const { version, variant, languages, steps } = await questionsOf(ctx, ctx.db, row)
  return { version, variant, languages, steps }
}
