import type { StarterKit } from '@gangway/schemas/starter'
import type { StarterContext } from '../context.ts'
import { ensureStarterKit } from './ensure.ts'
import { starterStatus } from './status.ts'

/** Tries once more to finish a starter kit, and answers what there is then. Throws what `ensureStarterKit` throws. */
export async function retryStarterKit(ctx: StarterContext, { userId }: { userId: string }): Promise<StarterKit> {
  await ensureStarterKit(ctx, { userId })
  return starterStatus(ctx, { userId })
}
