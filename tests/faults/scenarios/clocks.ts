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
  const { site, random } = suite
  for (const hours of jumps) {
    const line = `clock  jumps by ${hours > 0 ? '+' : ''}${hours} h`
    if (!suite.wants(line)) continue
    const { checkouts } = await straight(site)
    const child = await site.child()
    await child.ask({
      do: 'arm',
      stop: { point: random.pick(POINTS), nth: 1, how: 'jump', jumpMs: hours * HOUR_MS },
      faults: OUTAGE,
    })
    await child.ask({ do: 'fulfil', checkouts })
    await child.end()
    // Past the pause after a first failure, and no further.
    const finisher = await site.child({ clockOffsetMs: 60_000 })
    await endWell(suite, finisher, { line, checkouts })
    await finisher.end()
  }
}
