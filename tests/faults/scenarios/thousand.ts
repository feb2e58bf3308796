import { setTimeout as delay } from 'node:timers/promises'
import { endWell, type Suite } from '../suite.ts'

/** Long enough for a process that has a thousand runs on its hands. */
const LOCK_TTL_MS = 8000

/** A thousand onboardings at once in one process, which is killed in the midst of them; two others finish. */
export async function thousand(suite: Suite, count = 1000): Promise<void> {
  const line = `thousand  ${count} onboardings at once, killed in the midst`
  if (!suite.wants(line)) return
  const { site, random } = suite
  const checkouts = await site.newCheckouts(count)
  const victim = await site.child({ lockTtlMs: LOCK_TTL_MS, pace: 1 })
  const all = victim.ask({ do: 'fulfil', checkouts }).catch(() => {})
  await delay(2000 + random.below(count * 5))
  await victim.end('kill')
  await all
  const [one, other] = await Promise.all([
    site.child({ lockTtlMs: LOCK_TTL_MS, pace: 1 }),
    site.child({ lockTtlMs: LOCK_TTL_MS, pace: 1 }),
  ])
  await Promise.all([one, other].map((child) => child.ask({ do: 'finish', checkouts, withinMs: 180_000 })))
  await endWell(suite, one, { line, checkouts })
  await Promise.all([one.end(), other.end()])
}
