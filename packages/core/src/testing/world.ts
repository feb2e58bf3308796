import type { TestDatabase } from '@gangway/db/testing'
import { bootstrap } from '../bootstrap/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { createJournal } from '../provisioning/journal.ts'
import { createJournalFeed } from '../provisioning/journal-feed.ts'
import {
  memoryBilling,
  memoryVault,
  memoryWakeups,
  memoryWarehouse,
  recordingJobs,
  seededIds,
  silentLog,
  testClock,
} from './index.ts'
import { newUser } from './new-user.ts'

let made = 0

/** Everything that a run needs, in memory but for Postgres; each world is somebody else's. */
export async function newWorld(database: TestDatabase, options: { bootstrapped?: boolean; lockTtlMs?: number } = {}) {
  const clock = testClock({ start: new Date(), autoUpToMs: 4000 })
  const billing = memoryBilling({ clock })
  const warehouse = memoryWarehouse({ clock })
  const jobs = recordingJobs()
  const log = silentLog()
  const wakeups = memoryWakeups()
  const lockTtlMs = options.lockTtlMs ?? 60_000
  const ctx = {
    db: database.db,
    journal: createJournal({ db: database.db, jobs }),
    clock,
    ids: seededIds(`world ${process.pid} ${made++}`),
    log,
    billing,
    warehouse,
    vault: memoryVault(),
    jobs,
    feed: createJournalFeed({ db: database.db, clock, log, wakeups }),
    wakeups,
    settings: {
      holder: `test-${made}`,
      lockTtlMs,
      // Longer than any test: the heartbeat sleeps on the test's clock.
      heartbeatMs: 15_000,
      stageDeadlineMs: 60_000,
      keyPepper: 'pepper',
      keyPrefix: 'gw_test_',
      webUrl: 'https://app.example',
    },
  } satisfies ProvisioningContext
  if (options.bootstrapped !== false) await bootstrap(ctx)
  const user = await newUser(database.db)
  return { ctx, billing, warehouse, jobs, clock, user, paidCheckout }

  async function paidCheckout(slug = `org_${made}_${ctx.ids.random(6, 'abcdef')}`): Promise<string> {
    const checkout = await billing.createCheckout({
      ...{ idempotencyKey: ctx.ids.uuid(), userId: user.id, email: user.email, plan: 'STARTER', slug, companyName: 'Acme Corp' },
      ...{ successUrl: 'https://app.example/s', cancelUrl: 'https://app.example/c' },
    })
    billing.pay(checkout.checkoutSessionId)
    return checkout.checkoutSessionId
  }
}
