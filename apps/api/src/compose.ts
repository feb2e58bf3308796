import { createLocalVault } from '@gangway/adapters/local-vault'
import { createMailOutbox } from '@gangway/adapters/mail-outbox'
import { createPostgresWarehouse } from '@gangway/adapters/postgres-warehouse'
import { createSandboxBilling, type SandboxBilling } from '@gangway/adapters/sandbox-billing'
import { createWebhookSender } from '@gangway/adapters/webhook-sender'
import type {
  AnswersContext,
  BaseContext,
  BootstrapContext,
  CheckoutContext,
  KeysContext,
  NotificationsContext,
  ProvisioningContext,
  QuestionnaireContext,
  StarterContext,
  WebhooksContext,
} from '@gangway/core/context'
import { createJournal, createJournalFeed } from '@gangway/core/provisioning'
import { connect, openSql } from '@gangway/db/client'
import { roleUrl } from '@gangway/db/roles'
import { openWakeups } from '@gangway/db/wakeups'
import type { Logger } from 'pino'
import { type Auth, createAuth } from './auth/auth.ts'
import { addresses, type Config } from './config/config.ts'
import { type JobQueue, openJobQueue } from './jobs/queue.ts'
import { systemClock, systemIds } from './system.ts'

/** What each use-case gets: no more than its kind needs. */
export interface Contexts {
  base: BaseContext
  answers: AnswersContext
  bootstrap: BootstrapContext
  checkout: CheckoutContext
  keys: KeysContext
  notifications: NotificationsContext
  provisioning: ProvisioningContext
  questionnaire: QuestionnaireContext
  sandbox: SandboxBilling
  starter: StarterContext
  webhooks: WebhooksContext
  /** Work that outlives its request: closing waits for it. */
  keep(work: Promise<void>): void
}

export interface Composition {
  config: Config
  log: Logger
  contexts: Contexts
  auth: Auth
  queue: JobQueue
  close(): Promise<void>
}

/** How long a process that closes waits for the runs it advances. What is not done by then is resumed by another. */
const GRACE_MS = 10_000

/** The only place that constructs: database, adapters, contexts; and closes them. */
export async function compose(options: {
  config: Config
  log: Logger
  ownerUrl: string
  part: 'app' | 'worker'
}): Promise<Composition> {
  const { config, log, ownerUrl, part } = options
  const { secrets } = config
  const url = roleUrl(ownerUrl, secrets.rootKey, part)
  const { db, close: closeDb } = connect({ url, max: 20, name: `gangway-${part}` })
  const listener = openSql({ url, name: `gangway-${part}-listen`, waitsForDisk: false })
  const wakeups = await openWakeups(listener)
  const queue = await openJobQueue({ url, part, log })
  const base: BaseContext = { db, clock: systemClock, ids: systemIds, log }

  const warehouse = createPostgresWarehouse({ url: roleUrl(ownerUrl, secrets.rootKey, 'warehouse'), max: 10 })
  const vault = createLocalVault({ rootKey: secrets.rootKey })
  const mailer = createMailOutbox({ db })
  const { web: webUrl, admin: adminUrl } = addresses(config)
  const sandbox = createSandboxBilling({ ...base, jobs: queue.jobs, webhookSecret: config.billing.webhookSecret, webUrl })

  const inFlight = new Set<Promise<void>>()
  const contexts: Contexts = {
    base,
    answers: base,
    bootstrap: { ...base, warehouse },
    checkout: { ...base, billing: sandbox, warehouse, settings: { webUrl } },
    keys: { ...base, vault, settings: { keyPepper: secrets.keyPepper, keyPrefix: 'gw_live_' } },
    notifications: { ...base, mailer },
    provisioning: {
      ...base,
      billing: sandbox,
      warehouse,
      vault,
      jobs: queue.jobs,
      journal: createJournal({ db, jobs: queue.jobs }),
      feed: createJournalFeed({ ...base, wakeups }),
      wakeups,
      settings: {
        holder: `${config.processName}:${part}`,
        lockTtlMs: config.lockTtlMs,
        heartbeatMs: config.lockTtlMs / 4,
        stageDeadlineMs: 120_000,
        keyPepper: secrets.keyPepper,
        keyPrefix: 'gw_live_',
        webUrl,
      },
    },
    questionnaire: { ...base, jobs: queue.jobs },
    sandbox,
    starter: { ...base, jobs: queue.jobs },
    webhooks: {
      ...{ ...base, vault, jobs: queue.jobs, settings: { webUrl, adminUrl } },
      webhookSender: createWebhookSender({ allowLocalhost: false }),
    },
    keep(work) {
      inFlight.add(work)
      void work.finally(() => inFlight.delete(work))
    },
  }

  return {
    config,
    log,
    contexts,
    auth: createAuth({ config, base, jobs: queue.jobs }),
    queue,
    async close() {
      await queue.close()
      const grace = new AbortController()
      await Promise.race([Promise.all(inFlight), systemClock.sleep(GRACE_MS, grace.signal)])
      grace.abort()
      await wakeups.close()
      await Promise.all([warehouse.close(), listener.end({ timeout: 2 }), closeDb()])
    },
  }
}
