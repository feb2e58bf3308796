import type { RunsFilter, RunsPage } from '@gangway/schemas/runs'
import type { BaseContext } from '../context.ts'
import { listAllRuns } from './list-runs.ts'

/** How old a list can be that is followed. */
const LOOK_EVERY_MS = 2000

export interface WatchRuns {
  filter: RunsFilter
  limit: number
  signal: AbortSignal
}

/** The newest runs that the filter lets through: at once, and again whenever they are others or have moved on. */
export async function* watchRuns(ctx: BaseContext, { filter, limit, signal }: WatchRuns): AsyncGenerator<RunsPage, void> {
  let shown: string | undefined
  while (!signal.aborted) {
    const page = await listAllRuns(ctx, { filter, limit })
    const text = JSON.stringify(page)
    if (text !== shown) yield page
    shown = text
    await ctx.clock.sleep(LOOK_EVERY_MS, signal)
  }
}
