import { hostname } from 'node:os'
import { systemClock, systemIds } from '@gangway/api/system'
import { bootstrap } from '@gangway/core/bootstrap'
import type { ProvisioningContext } from '@gangway/core/context'
import { createJournal, createJournalFeed, fulfil } from '@gangway/core/provisioning'
import { memoryBilling, memoryVault, memoryWarehouse, recordingJobs, silentLog } from '@gangway/core/testing'
import { connect, openSql } from '@gangway/db/client'
import { openWakeups } from '@gangway/db/wakeups'
import type { OpenContender } from './contender.ts'
import { newPeople } from './people.ts'

/** As many as a server of the product opens. */
const CONNECTIONS = 20

/** The product: whole runs through core, with the real database and wake-ups, and everything outside in memory. */
export const openGangway: OpenContender = async ({ url }) => {
  const { db, close } = connect({ url, max: CONNECTIONS, name: 'bench-gangway' })
  const listener = openSql({ url, name: 'bench-gangway-listen', waitsForDisk: false })
  const wakeups = await openWakeups(listener)
  const nextPerson = await newPeople(listener)
  const log = silentLog()
  const jobs = recordingJobs()
  const billing = memoryBilling({ clock: systemClock })
  const ctx: ProvisioningContext = {
    ...{ db, clock: systemClock, ids: systemIds, log, billing, wakeups },
    warehouse: memoryWarehouse({ clock: systemClock }),
    vault: memoryVault(),
    jobs,
    journal: createJournal({ db, jobs }),
    feed: createJournalFeed({ db, clock: systemClock, log, wakeups }),
    settings: {
      ...{ holder: `${hostname()}:${process.pid}`, lockTtlMs: 60_000, heartbeatMs: 15_000, stageDeadlineMs: 60_000 },
      ...{ keyPepper: 'pepper', keyPrefix: 'gw_test_', webUrl: 'https://app.example' },
    },
  }
  await bootstrap(ctx)

  return {
    async run() {
      const { id: userId, email } = nextPerson()
      const { checkoutSessionId } = await billing.createCheckout({
        ...{ idempotencyKey: systemIds.uuid(), userId, email, plan: 'STARTER', companyName: 'Acme Corp' },
        slug: `org_${systemIds.uuid().replaceAll('-', '').slice(0, 12)}`,
        ...{ successUrl: 'https://app.example/s', cancelUrl: 'https://app.example/c' },
      })
      billing.pay(checkoutSessionId)
      const { settled } = await fulfil(ctx, { checkoutSessionId, userId })
      await settled
      const [entry] = log.entries
      if (entry) throw new Error(`a run did not go well: ${entry.message}`, { cause: entry.fields.err })
    },
    async close() {
      await wakeups.close()
      await Promise.all([listener.end(), close()])
    },
  }
}
