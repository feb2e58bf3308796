import type { Child } from './child.ts'
import type { Expected } from './losses.ts'
import type { Command } from './protocol.ts'
import type { Random } from './random.ts'
import type { Report } from './report.ts'
import type { Site } from './site.ts'

/** What every scenario gets. */
export interface Suite {
  site: Site
  random: Random
  report: Report
  /** Whether this line is asked for. */
  wants(line: string): boolean
}

/** Later by an hour: payments have cleared by then, and pauses are over. */
export const LATER_MS = 3_600_000

export interface Tried {
  line: string
  checkouts: string[]
  expected?: Expected
}

const FINISH_WITHIN_MS = 30_000

export interface Ending extends Tried {
  /** What somebody does again whose process died under them: an admin, or an operator. */
  again?: Command | undefined
}

/** Lets a process finish what others have left, as the sweeper of a worker does, and counts what was lost. */
export async function endWell({ site, report }: Suite, finisher: Child, ending: Ending): Promise<string[]> {
  const { line, checkouts, expected = 'onboarded', again } = ending
  const end = Date.now() + FINISH_WITHIN_MS
  let open: unknown
  do {
    // Refused as long as the lock of the dead one lasts, and once all is done.
    if (again) await finisher.ask(again).catch(() => {})
    open = await finisher.ask({ do: 'finish', checkouts, withinMs: again ? 1000 : FINISH_WITHIN_MS })
  } while (Array.isArray(open) && open.length > 0 && Date.now() < end)
  const losses = await site.losses(checkouts, expected)
  report.count(line, checkouts.length, losses)
  return losses
}
