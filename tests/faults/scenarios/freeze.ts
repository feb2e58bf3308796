import type { Child } from '../child.ts'
import { type Flow, type NewFlow, retriedFrom, rolledBack, straight } from '../flows.ts'
import { endWell, LATER_MS, type Suite } from '../suite.ts'

const SLEEPS: readonly [NewFlow, string][] = [
  [straight, 'verify_payment: journal.record completed before'],
  [straight, 'create_organization: journal.record completed before'],
  [straight, 'set_up_workspace: warehouse.ensureDataset before'],
  [straight, 'set_up_workspace: warehouse.ensureTable after'],
  [straight, 'set_up_workspace: journal.record completed before'],
  [straight, 'generate_api_key: vault.seal after'],
  [straight, 'generate_api_key: journal.record completed before'],
  [straight, 'finalize: warehouse.loadRows before'],
  [straight, 'finalize: journal.record completed before'],
  [straight, 'finalize: jobs.enqueueAll before'],
  [retriedFrom('set_up_workspace'), 'generate_api_key: journal.record undone before'],
  [retriedFrom('set_up_workspace'), 'set_up_workspace: warehouse.deleteDataset before'],
  [retriedFrom('create_organization'), 'set_up_workspace: warehouse.deleteDataset before'],
  [rolledBack, 'set_up_workspace: warehouse.deleteDataset before'],
  [rolledBack, 'create_organization: journal.record undone before'],
  [rolledBack, 'verify_payment: billing.refund before'],
]

/** The holder of a lock is frozen past its expiry and woken when somebody else has ended the run: nothing changes any more. */
export async function freezeThrough(suite: Suite, sleeps = SLEEPS): Promise<void> {
  for (let start = 0; start < sleeps.length; start += AT_ONCE) {
    const sleepers = await Promise.all(sleeps.slice(start, start + AT_ONCE).map((sleep) => fallAsleep(suite, sleep)))
    const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
    for (const sleeper of sleepers) if (sleeper) await outliveSleeper(suite, finisher, sleeper)
    await finisher.end()
  }
}

/** So many fall asleep before others look: waiting for locks to expire is then waiting once. */
const AT_ONCE = 4

interface Sleeper {
  line: string
  flow: Flow
  child: Child
}

async function fallAsleep(suite: Suite, [newFlow, point]: [NewFlow, string]): Promise<Sleeper | undefined> {
  const flow = await newFlow(suite.site)
  const line = `freeze  ${flow.name}: ${point}`
  return suite.wants(line) ? { line, flow, child: await frozenAt(suite, flow, point) } : undefined
}

async function outliveSleeper(suite: Suite, finisher: Child, { line, flow, child }: Sleeper): Promise<void> {
  const losses = await endWell(suite, finisher, { ...flow, line })
  const before = await stateOf(suite, flow.checkouts)
  await wake(child)
  const changed = differences(before, await stateOf(suite, flow.checkouts))
  // Also what is not the run's own row, such as a dataset that somebody deletes in their sleep.
  const late = losses.length > 0 ? [] : await suite.site.losses(flow.checkouts, flow.expected)
  suite.report.count(line, 0, [...changed, ...late])
  await child.end()
}

/** What each of two holders is doing when the first wakes: the second has the lock, and has written nothing yet. */
const OVERTAKEN = [
  'generate_api_key: journal.record undone before',
  'set_up_workspace: journal.record undone before',
  'create_organization: journal.record undone before',
  'verify_payment: journal.record undone before',
] as const

/** The next holder keeps the lock for longer than it takes to wake the first. */
const LONG_TTL_MS = 10_000

/**
 * The holder is frozen with a write in its hand, and woken when the next one has just taken the lock. The journal is as long
 * as it was, so only the token tells the two apart.
 */
export async function freezeUntilOvertaken(suite: Suite, points: readonly string[] = OVERTAKEN): Promise<void> {
  for (const point of points) {
    const flow = await rolledBack(suite.site)
    const line = `freeze  overtaken in ${flow.name}: ${point}`
    if (!suite.wants(line)) continue
    const sleeper = await frozenAt(suite, flow, point)
    const next = await suite.site.child({ lockTtlMs: LONG_TTL_MS, clockOffsetMs: LATER_MS })
    await next.ask({ do: 'arm', stop: { point: 'lock: journal.open after', nth: 1, how: 'freeze', jumpMs: 0 } })
    await overtake(suite, next, flow)
    const before = await stateOf(suite, flow.checkouts)
    await wake(sleeper)
    suite.report.count(line, 0, differences(before, await stateOf(suite, flow.checkouts)))
    await wake(next)
    await endWell(suite, next, { ...flow, line })
    await Promise.all([sleeper.end(), next.end()])
  }
}

async function frozenAt({ site }: Suite, flow: Flow, point: string): Promise<Child> {
  const child = await site.child()
  for (const command of flow.before) await child.ask(command)
  await child.ask({ do: 'arm', stop: { point, nth: 1, how: 'freeze', jumpMs: 0 }, faults: flow.faults })
  const [step] = flow.steps
  if (step) await child.askToStop(step)
  return child
}

/** Sweeps once the lock has expired, and stops with it in its hand. */
async function overtake({ site }: Suite, next: Child, { checkouts }: Flow): Promise<void> {
  for (;;) {
    const [held] =
      await site.sql`select 1 from onboarding_locks where checkout_session_id = any(${checkouts}) and expires_at > now()`
    if (!held) return next.askToStop({ do: 'finish', checkouts })
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function wake(sleeper: Child): Promise<void> {
  sleeper.wake()
  // What it was doing fails now, or finds that there is nothing to do.
  await sleeper.answer().catch(() => {})
}

type Rows = Record<string, unknown>[]

async function stateOf({ site }: Suite, checkouts: string[]): Promise<Rows> {
  return site.sql<Rows>`
    select checkout_session_id, state, stages_completed, last_seq, fencing_token, org_id, workspace, key_fingerprint,
      (select count(*)::int from onboarding_stage_events e where e.run_id = r.id) as events,
      (select count(*)::int from api_keys k where k.run_id = r.id) as keys,
      (select count(*)::int from organizations o where o.run_id = r.id) as organizations
    from onboarding_runs r where checkout_session_id = any(${checkouts}) order by 1`
}

function differences(before: Rows, after: Rows): string[] {
  const [was, is] = [JSON.stringify(before), JSON.stringify(after)]
  return was === is ? [] : [`woken, it changed ${was} to ${is}`]
}
