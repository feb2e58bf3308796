import type { StarterContext } from '@gangway/core/context'
import { ensureStarterKitAtLogin } from '@gangway/core/starter'
import type { Viewer } from '@gangway/schemas/account'

/** People whose kit this process has seen; only spares the question, and may forget. */
const supplied = new Set<string>()
const REMEMBERED = 10_000

/** The first request of a new person makes their starter kit before it is answered, whichever way it comes. Never throws. */
export async function giveStarterKit(ctx: StarterContext, { id }: Viewer): Promise<void> {
  if (supplied.has(id)) return
  const ready = await ensureStarterKitAtLogin(ctx, { userId: id })
  if (supplied.size >= REMEMBERED) supplied.clear()
  if (ready) supplied.add(id)
}
