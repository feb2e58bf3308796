import { inTransaction } from '@gangway/db/transaction'
import type { StarterContext } from '../context.ts'
import { ensureStarterKit } from './ensure.ts'

/** How long a login waits for the starter kit, in ms. */
const DEADLINE_MS = 5000

/**
 * `ensureStarterKit` for the way of a login: never throws, and never takes longer than 5 s. What is not done by then
 * goes on in the queue, as job `starter.ensure`. True when the kit is ready.
 */
export async function ensureStarterKitAtLogin(ctx: StarterContext, { userId }: { userId: string }): Promise<boolean> {
  const settled = new AbortController()
  const attempt = ensureStarterKit(ctx, { userId }).then(
    () => 'ready' as const,
    (err: unknown) => {
      ctx.log.warn({ userId, err }, 'a login goes on without its starter kit')
      return 'failed' as const
    },
  )
  const deadline = ctx.clock.sleep(DEADLINE_MS, settled.signal).then(() => 'late' as const)
  const outcome = await Promise.race([attempt, deadline])
  settled.abort()
  // A database that is too slow for the kit is too slow for this as well: the login does not wait for it.
  if (outcome === 'late') void handOver(ctx, userId)
  return outcome === 'ready'
}

async function handOver(ctx: StarterContext, userId: string): Promise<void> {
  try {
    await inTransaction(ctx.db, (tx) => ctx.jobs.enqueue(tx, 'starter.ensure', { userId }))
    ctx.log.warn({ userId }, 'the starter kit took too long and goes on in the queue')
  } catch (err) {
    ctx.log.error({ errorId: ctx.ids.errorId(), userId, err }, 'a late starter kit could not be queued')
  }
}
