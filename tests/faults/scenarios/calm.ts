import { deferred, type NewFlow, operator, parked, retriedFrom, rolledBack, straight } from '../flows.ts'
import { endWell, LATER_MS, type Suite } from '../suite.ts'

const WAYS: readonly NewFlow[] = [straight, parked, deferred, operator, retriedFrom('create_organization'), rolledBack]

/** Every way that a run can go, undisturbed: whoever loses something here is not a witness of what the others lose. */
export async function calm(suite: Suite): Promise<void> {
  const child = await suite.site.child({ lockTtlMs: 15_000 })
  const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
  for (const newFlow of WAYS) {
    const flow = await newFlow(suite.site)
    const line = `calm  ${flow.name}`
    if (!suite.wants(line)) continue
    for (const command of flow.before) await child.ask(command)
    await child.ask({ do: 'arm', faults: flow.faults })
    for (const step of flow.steps) await child.ask(step)
    await endWell(suite, finisher, { line, checkouts: flow.checkouts, expected: flow.expected })
  }
  await Promise.all([child.end(), finisher.end()])
}
