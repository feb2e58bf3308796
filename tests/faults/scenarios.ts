import type { Cluster } from './cluster.ts'
import { calm } from './scenarios/calm.ts'
import { callers } from './scenarios/callers.ts'
import { clocks } from './scenarios/clocks.ts'
import { cut, killInFlight } from './scenarios/cut.ts'
import { freezeThrough, freezeUntilOvertaken } from './scenarios/freeze.ts'
import { kill } from './scenarios/kill.ts'
import { postgresRestarts } from './scenarios/postgres.ts'
import { thousand } from './scenarios/thousand.ts'
import { webhooks } from './scenarios/webhooks.ts'
import type { Suite } from './suite.ts'

/** By name, in the order in which they run. */
export const SCENARIOS: Record<string, (suite: Suite & { cluster: Cluster }) => Promise<void>> = {
  calm: (suite) => calm(suite),
  async kill(suite) {
    await kill(suite)
    await killInFlight(suite)
  },
  async freeze(suite) {
    await freezeThrough(suite)
    await freezeUntilOvertaken(suite)
  },
  cut: (suite) => cut(suite),
  postgres: (suite) => postgresRestarts(suite),
  clock: (suite) => clocks(suite),
  callers: (suite) => callers(suite),
  webhooks: (suite) => webhooks(suite),
  thousand: (suite) => thousand(suite),
}
