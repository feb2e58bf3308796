import { createLocalVault } from '@gangway/adapters/local-vault'
import { createPostgresWarehouse } from '@gangway/adapters/postgres-warehouse'
import { createSandboxBilling } from '@gangway/adapters/sandbox-billing'
import { openLog } from '@gangway/api/log'
import { openJobQueue } from '@gangway/api/queue'
import { systemClock, systemIds } from '@gangway/api/system'
import type { ProvisioningContext } from '@gangway/core/context'
import type { Clock } from '@gangway/core/ports'
import { createJournal, createJournalFeed } from '@gangway/core/provisioning'
import { connect, openSql } from '@gangway/db/client'
import { roleUrl } from '@gangway/db/roles'
import { openWakeups } from '@gangway/db/wakeups'
import type { Plan } from './protocol.ts'

export const WEBHOOK_SECRET = 'whsec_faults'

/** A clock that can be wrong. */
interface JumpingClock extends Clock {
  jump(ms: number): void
}

/** The product's core with its real adapters, journal and queue, as the API composes them; only the clock is this suite's. */
export async function compose(plan: Plan) {
  const { ownerUrl, rootKey, holder, lockTtlMs, pace } = plan
  const url = roleUrl(ownerUrl, rootKey, 'app')
  const log = openLog('info', holder, plan.logFile)
  const clock = pacedClock(plan)
  const { db, close: closeDb } = connect({ url, max: 10, name: holder, idleInTransactionMs: 1500 })
  const listener = openSql({ url, name: `${holder}-listen`, waitsForDisk: false })
  const wakeups = await openWakeups(listener)
  const queue = await openJobQueue({ url, part: 'app', log })
  const warehouse = createPostgresWarehouse({ url: roleUrl(ownerUrl, rootKey, 'warehouse'), max: 6 })
  const base = { db, clock, ids: systemIds, log, jobs: queue.jobs }
  const sandbox = createSandboxBilling({ ...base, webhookSecret: WEBHOOK_SECRET, webUrl: 'https://app.example' })
  const ctx = {
    ...base,
    billing: sandbox,
    warehouse,
    vault: createLocalVault({ rootKey }),
    journal: createJournal(base),
    feed: createJournalFeed({ ...base, wakeups }),
    wakeups,
    settings: {
      holder,
      lockTtlMs,
      // Told in the time of the paced clock.
      heartbeatMs: lockTtlMs / 4 / pace,
      stageDeadlineMs: 120_000 / pace,
      keyPepper: 'pepper',
      keyPrefix: 'gw_test_',
      webUrl: 'https://app.example',
    },
  } satisfies ProvisioningContext
  return {
    ctx,
    sandbox,
    clock,
    async close() {
      await queue.close()
      await wakeups.close()
      await Promise.all([warehouse.close(), listener.end({ timeout: 1 }), closeDb()])
    },
  }
}

function pacedClock({ pace, clockOffsetMs }: Plan): JumpingClock {
  let offsetMs = clockOffsetMs
  return {
    now: () => new Date(Date.now() + offsetMs),
    sleep: (ms, signal) => systemClock.sleep(ms * pace, signal),
    jump(ms) {
      offsetMs += ms
    },
  }
}
