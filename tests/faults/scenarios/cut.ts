import type { Child } from '../child.ts'
import { type Cut, type Proxy, startProxy, type When } from '../proxy.ts'
import { endWell, LATER_MS, type Suite } from '../suite.ts'

const WHEN: readonly When[] = ['before', 'during', 'after']

/** The connection is cut before, during and after each commit of a run. The process that is cut off goes on by itself. */
export async function cut(suite: Suite, whens: readonly When[] = WHEN): Promise<void> {
  await throughProxy(suite, async (proxy, ownerUrl) => {
    // Nobody else may help: what this one is told to do, it has to end.
    const child = await suite.site.child({ ownerUrl, lockTtlMs: 15_000 })
    const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
    for (const [index, stage] of (await commitsOf(suite, proxy, child)).entries()) {
      for (const when of whens) {
        const line = `cut  ${stage}: ${when} the commit`
        if (suite.wants(line)) await cutOnce(suite, { proxy, child, finisher }, { line, nth: index + 1, when })
      }
    }
    await Promise.all([child.end(), finisher.end()])
  })
}

/** The commits of one run, in order, by their stages. */
async function commitsOf({ site }: Suite, proxy: Proxy, child: Child): Promise<string[]> {
  const checkouts = await site.newCheckouts(1)
  const commits = proxy.watch()
  await child.ask({ do: 'fulfil', checkouts })
  return [...commits]
}

interface Players {
  proxy: Proxy
  child: Child
  finisher: Child
}

async function cutOnce(
  suite: Suite,
  { proxy, child, finisher }: Players,
  { line, ...where }: { line: string } & Cut,
): Promise<void> {
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

/** The process is killed when a commit is done, and before it has heard of it. */
export async function killInFlight(suite: Suite): Promise<void> {
  await throughProxy(suite, async (proxy, ownerUrl) => {
    const looker = await suite.site.child({ ownerUrl })
    const commits = await commitsOf(suite, proxy, looker)
    await looker.end()
    const dead: { line: string; checkouts: string[] }[] = []
    for (const [index, stage] of commits.entries()) {
      const line = `kill  in flight: ${stage}`
      if (!suite.wants(line)) continue
      const child = await suite.site.child({ ownerUrl })
      const checkouts = await suite.site.newCheckouts(1)
      void proxy.arm({ nth: index + 1, when: 'after', onCut: () => process.kill(child.pid, 'SIGKILL') })
      await child.ask({ do: 'fulfil', checkouts }).catch(() => {})
      proxy.disarm()
      await child.end('kill')
      dead.push({ line, checkouts })
    }
    const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
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
