import type { Child } from '../child.ts'
import { straight } from '../flows.ts'
import type { Fault } from '../protocol.ts'
import { endWell, type Suite } from '../suite.ts'

const HOUR_MS = 3_600_000
const JUMPS = [-30 * 24, -30, -3, 3, 30, 400 * 24]
const POINTS = [
  'verify_payment: billing.fetchCheckout after',
  'create_organization: journal.record completed after',
  'set_up_workspace: warehouse.ensureTable after',
  'generate_api_key: vault.seal before',
  'finalize: warehouse.loadRows after',
] as const

/** So often that the run fails, and waits for the sweeper, by a clock that is wrong. */
const OUTAGE: Fault[] = [{ point: 'finalize: warehouse.loadRows before', times: 12, kind: 'transient' }]

/** A process's clock jumps in the midst of a run, which then fails; whose clock is right takes the run up in time. */
export async function clocks(suite: Suite, jumps: readonly number[] = JUMPS): Promise<void> {
  const child = await suite.site.child()
  // Past the pause after a first failure, and no further.
  const finisher = await suite.site.child({ clockOffsetMs: 60_000 })
  for (const hours of jumps) {
    for (const point of POINTS) {
      const line = `clock  jumps by ${hours > 0 ? '+' : ''}${hours} h: ${point}`
      if (suite.wants(line)) await jump(suite, { child, finisher }, { line, point, hours })
    }
  }
  await Promise.all([child.end(), finisher.end()])
}

async function jump(
  suite: Suite,
  { child, finisher }: { child: Child; finisher: Child },
  { line, point, hours }: { line: string; point: string; hours: number },
): Promise<void> {
  const { checkouts } = await straight(suite.site)
  const stop = { point, nth: 1, how: 'jump', jumpMs: hours * HOUR_MS } as const
  await child.ask({ do: 'arm', stop, faults: OUTAGE })
  await child.ask({ do: 'fulfil', checkouts })
  // Back again for the next one.
  await child.ask({ do: 'jump', ms: -hours * HOUR_MS })
  await endWell(suite, finisher, { line, checkouts })
}
