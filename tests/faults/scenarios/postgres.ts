import { setTimeout as delay } from 'node:timers/promises'
import { type Cluster, WAYS_DOWN } from '../cluster.ts'
import { endWell, LATER_MS, type Suite } from '../suite.ts'

const AT_ONCE = 20

/** Postgres goes down and comes back while runs are on their way, twice in each of its ways. */
export async function postgresRestarts(
  suite: Suite & { cluster: Cluster },
  ways: readonly (typeof WAYS_DOWN)[number][] = WAYS_DOWN,
): Promise<void> {
  const { site, random, cluster } = suite
  for (const how of ways) {
    const line = `postgres  restarted, ${how}`
    if (!suite.wants(line)) continue
    for (let time = 0; time < 2; time++) {
      const checkouts = await site.newCheckouts(AT_ONCE)
      const child = await site.child({ pace: 0.3 })
      const done = child.ask({ do: 'fulfil', checkouts })
      await delay(20 + random.below(500))
      await cluster.restart(how, random.below(1500))
      // A caller who could not be answered is a webhook that comes again, or a paid checkout that is found.
      await done
      await child.end('kill')
      const finisher = await site.child({ clockOffsetMs: LATER_MS })
      await endWell(suite, finisher, { line, checkouts })
      await finisher.end()
    }
  }
}
