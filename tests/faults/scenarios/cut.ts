import { STAGE_IDS } from '@gangway/schemas/provisioning'
import type { Child } from '../child.ts'
import { alone, deferred, type Flow, type NewFlow, operator, retriedFrom, rolledBack } from '../flows.ts'
import { type Cut, type Proxy, startProxy, type When } from '../proxy.ts'
import { endWell, LATER_MS, type Suite } from '../suite.ts'

const WHEN: readonly When[] = ['before', 'during', 'after']

/** Ways to go, and what is committed on them that is not on an earlier one. */
const WAYS: readonly Way[] = [
  { newFlow: alone, only: /./ },
  { newFlow: deferred, only: /pending sync/ },
  { newFlow: operator, only: /lock|verify_payment|users/ },
  { newFlow: retriedFrom('set_up_workspace'), only: /./ },
  { newFlow: rolledBack, only: /./ },
]

interface Way {
  newFlow: NewFlow
  only: RegExp
}

export interface Cuts {
  whens?: readonly When[]
  ways?: readonly Way[]
}

/** The connection is cut before, during and after each commit of a run. The process that is cut off goes on by itself. */
export async function cut(suite: Suite, { whens = WHEN, ways = WAYS }: Cuts = {}): Promise<void> {
  await throughProxy(suite, async (proxy, ownerUrl) => {
    // Nobody else may help: what this one is told to do, it has to end.
    const child = await suite.site.child({ ownerUrl, lockTtlMs: 15_000 })
    const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
    for (const way of ways)
      for (const commit of await commitsOf(suite, { proxy, child }, way))
        for (const when of whens) {
          const line = `cut  ${commit.name}: ${when} the commit`
          if (suite.wants(line)) await cutOnce(suite, { proxy, child, finisher }, { ...way, line, nth: commit.nth, when })
        }
    await Promise.all([child.end(), finisher.end()])
  })
}

interface Commit {
  /** The way, and the stage or what else is written. */
  name: string
  nth: number
}

/** The commits of one way, in order. A way that commits nothing for a stage has been misread. */
async function commitsOf(
  { site, report }: Suite,
  { proxy, child }: { proxy: Proxy; child: Child },
  { newFlow, only }: Way,
): Promise<Commit[]> {
  const flow = await newFlow(site)
  await prepare(child, flow)
  const watched = proxy.watch()
  for (const step of flow.steps) await child.ask(step)
  const commits = [...watched].map((purpose, index) => ({ purpose, name: `${flow.name}: ${purpose}`, nth: index + 1 }))
  const wanted = newFlow === alone ? ['lock', ...STAGE_IDS] : []
  for (const stage of wanted)
    if (!commits.some(({ purpose }) => purpose === stage))
      report.count(`cut  ${flow.name}: ${stage}`, 0, ['nothing is committed'])
  return commits.filter(({ purpose }) => only.test(purpose))
}

/** What comes before, and what breaks by itself. */
async function prepare(child: Child, { before, faults }: Flow): Promise<void> {
  for (const command of before) await child.ask(command)
  await child.ask({ do: 'arm', faults })
}

interface Players {
  proxy: Proxy
  child: Child
  finisher: Child
}

async function cutOnce(
  suite: Suite,
  { proxy, child, finisher }: Players,
  { newFlow, line, ...where }: { newFlow: NewFlow; line: string } & Cut,
): Promise<void> {
  const flow = await newFlow(suite.site)
  await prepare(child, flow)
  let isCut = false
  void proxy.arm(where).then(() => (isCut = true))
  // Whoever asked for something that was cut off asks again.
  for (const step of flow.steps) await child.ask(step).catch(() => {})
  proxy.disarm()
  if (!isCut) suite.report.count(line, 0, ['the commit was not reached'])
  // A lock whose taking was not told of is nobody's until it has expired.
  await suite.site.sql`update onboarding_locks set expires_at = now() where checkout_session_id = any(${flow.checkouts})`
  await endWell(suite, finisher, { ...flow, line })
}

/** The process is killed when a commit is on its way to Postgres, and when it is done, before the process has heard of it. */
export async function killInFlight(suite: Suite, { whens = ['before', 'after'], ways = WAYS }: Cuts = {}): Promise<void> {
  await throughProxy(suite, async (proxy, ownerUrl) => {
    const looker = await suite.site.child({ ownerUrl })
    for (const way of ways) {
      const dead: (Flow & { line: string })[] = []
      for (const { name, nth } of await commitsOf(suite, { proxy, child: looker }, way))
        for (const when of whens) {
          const line = `kill  in flight: ${name}: ${when} the commit`
          if (suite.wants(line)) dead.push({ ...(await killOnce(suite, { proxy, ownerUrl }, { ...way, nth, when })), line })
        }
      const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
      for (const each of dead) await endWell(suite, finisher, each)
      await finisher.end()
    }
    await looker.end()
  })
}

async function killOnce(
  { site }: Suite,
  { proxy, ownerUrl }: { proxy: Proxy; ownerUrl: string },
  { newFlow, ...where }: { newFlow: NewFlow } & Cut,
): Promise<Flow> {
  const [flow, child] = await Promise.all([newFlow(site), site.child({ ownerUrl })])
  await prepare(child, flow)
  void proxy.arm({ ...where, onCut: () => process.kill(child.pid, 'SIGKILL') })
  for (const step of flow.steps) await child.ask(step).catch(() => {})
  proxy.disarm()
  await child.end('kill')
  return flow
}

async function throughProxy(suite: Suite, work: (proxy: Proxy, ownerUrl: string) => Promise<void>): Promise<void> {
  const ownerUrl = new URL(suite.site.place.ownerUrl)
  const proxy = await startProxy(Number(ownerUrl.port))
  ownerUrl.port = String(proxy.port)
  try {
    await work(proxy, ownerUrl.toString())
  } finally {
    await proxy.close()
  }
}
