import { STAGE_IDS } from '@gangway/schemas/provisioning'
import type { Child } from '../child.ts'
import { type Cut, type Proxy, startProxy, type When } from '../proxy.ts'
import { endWell, type Suite } from '../suite.ts'

interface Commit {
  name: string
  matches: Cut['matches']
  nth: number
}

const isOpening = (statement: string) => statement.includes('open_runs')
const isStep = (statement: string) => statement.includes('write_run_steps')

/** The commits of one run, in order. The last one enqueues jobs too, so it is a transaction with a commit of its own. */
const COMMITS: readonly Commit[] = [
  { name: 'lock: first look', matches: isOpening, nth: 1 },
  { name: 'lock', matches: isOpening, nth: 2 },
  ...STAGE_IDS.slice(0, 4).map((stage, index) => ({ name: stage, matches: isStep, nth: index + 1 })),
  { name: 'finalize: the step', matches: isStep, nth: 5 },
  { name: 'finalize', matches: (statement: string) => /^commit$/i.test(statement.trim()), nth: 1 },
]
const WHEN: readonly When[] = ['before', 'during', 'after']

export interface Cuts {
  commits?: readonly string[]
  when?: readonly When[]
}

/** The connection is cut before, during and after each commit of a run. The process that is cut off goes on by itself. */
export async function cut(suite: Suite, { commits = COMMITS.map(({ name }) => name), when: whens = WHEN }: Cuts = {}): Promise<void> {
  await throughProxy(suite, async (proxy, ownerUrl) => {
    // Nobody else may help: what this one is told to do, it has to end.
    const child = await suite.site.child({ ownerUrl, lockTtlMs: 15_000 })
    const finisher = await suite.site.child({ clockOffsetMs: 3_600_000 })
    for (const commit of COMMITS.filter(({ name }) => commits.includes(name))) {
      for (const when of whens) {
        const line = `cut  ${commit.name}: ${when} the commit`
        if (suite.wants(line)) await cutOnce(suite, { proxy, child, finisher }, { line, ...commit, when })
      }
    }
    await Promise.all([child.end(), finisher.end()])
  })
}

interface Players {
  proxy: Proxy
  child: Child
  finisher: Child
}

async function cutOnce(suite: Suite, { proxy, child, finisher }: Players, { line, ...where }: { line: string } & Cut): Promise<void> {
  const checkouts = await suite.site.newCheckouts(1)
  let isCut = false
  void proxy.arm(where).then(() => (isCut = true))
  await child.ask({ do: 'fulfil', checkouts })
  proxy.disarm()
  if (!isCut) suite.report.count(line, 0, ['the commit was not reached'])
  // A lock whose taking was not told of is nobody's until it has expired.
  await suite.site.sql`update onboarding_locks set expires_at = now() where checkout_session_id = any(${checkouts})`
  await endWell(suite, finisher, { line, checkouts })
}

/** The process is killed while a commit is on its way: sent, and not answered. */
export async function killInFlight(suite: Suite): Promise<void> {
  await throughProxy(suite, async (proxy, ownerUrl) => {
    const dead: { line: string; checkouts: string[] }[] = []
    for (const { name, matches, nth } of COMMITS) {
      const line = `kill  in flight: ${name}`
      if (!suite.wants(line)) continue
      const child = await suite.site.child({ ownerUrl })
      const checkouts = await suite.site.newCheckouts(1)
      const killed = proxy.arm({ matches, nth, when: 'after', onCut: () => process.kill(child.pid, 'SIGKILL') })
      await Promise.all([killed, child.ask({ do: 'fulfil', checkouts }).catch(() => {})])
      await child.end('kill')
      dead.push({ line, checkouts })
    }
    const finisher = await suite.site.child({ clockOffsetMs: 3_600_000 })
    for (const each of dead) await endWell(suite, finisher, each)
    await finisher.end()
  })
}

async function throughProxy(suite: Suite, work: (proxy: Proxy, ownerUrl: string) => Promise<void>): Promise<void> {
  const ownerUrl = new URL(suite.site.place.ownerUrl)
  const proxy = await startProxy(Number(ownerUrl.port))
  ownerUrl.port = String(proxy.port)
  await work(proxy, ownerUrl.toString())
  await proxy.close()
}
