import type { SandboxBilling } from '@gangway/adapters/sandbox-billing'
import type {
  BaseContext,
  BootstrapContext,
  BrowseContext,
  CheckoutContext,
  ExportsContext,
  IntegrationsContext,
  KeysContext,
  NightlyExportContext,
  NotificationsContext,
  ProvisioningContext,
  RemindersContext,
  RetentionContext,
  QuestionnaireContext,
  StarterContext,
  TelemetryContext,
  WebhooksContext,
} from '@gangway/core/context'
import { createJournal, createJournalFeed } from '@gangway/core/provisioning'
import { connect, openSql } from '@gangway/db/client'
import { roleUrl } from '@gangway/db/roles'
import { openWakeups } from '@gangway/db/wakeups'
import type { Logger } from 'pino'
import { type Auth, createAuth } from './auth/auth.ts'
import { openViewers, type Viewers } from './auth/viewers.ts'
import { addresses, type Config } from './config/config.ts'
import { type JobQueue, openJobQueue } from './jobs/queue.ts'
import { openPorts } from './open-ports.ts'
import { systemClock, systemIds } from './system.ts'

/** What each use-case gets: no more than its kind needs. */
export interface Contexts {
  base: BaseContext
  answers: BrowseContext
  bootstrap: BootstrapContext
  checkout: CheckoutContext
  exports: ExportsContext
  integrations: IntegrationsContext
  nightlyExport: NightlyExportContext
  keys: KeysContext
  notifications: NotificationsContext
  provisioning: ProvisioningContext
  questionnaire: QuestionnaireContext
  reminders: RemindersContext
  retention: RetentionContext
  /** Undefined where somebody else takes the payments. */
  sandbox: SandboxBilling | undefined
  starter: StarterContext
  telemetry: TelemetryContext
  webhooks: WebhooksContext
  /** Work that outlives its request: closing waits for it. */
  keep(work: Promise<void>): void
}

export interface Composition {
  config: Config
  log: Logger
  contexts: Contexts
  auth: Auth
  viewers: Viewers
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

  const warehouseUrl = roleUrl(ownerUrl, secrets.rootKey, 'warehouse')
  const ports = openPorts({ config, base, jobs: queue.jobs, warehouseUrl })
  const { billing, warehouse, vault, webhookSender } = ports
  const { web: webUrl, api: apiUrl, admin: adminUrl } = addresses(config)

  const auth = createAuth({ config, base, jobs: queue.jobs })
  const viewers = await openViewers({ auth, sql: listener })

  const inFlight = new Set<Promise<void>>()
  const contexts: Contexts = {
    base,
    answers: { ...base, settings: { cursorKeys: secrets.cursorKeys } },
    bootstrap: { ...base, warehouse },
    checkout: { ...base, billing, warehouse, settings: { webUrl } },
    nightlyExport: { ...base, warehouse, exportTarget: ports.exportTarget },
    exports: { ...base, jobs: queue.jobs, settings: { cursorKeys: secrets.cursorKeys } },
    integrations: { ...base, vault, warehouse, jobs: queue.jobs, providers: ports.providers },
    keys: { ...base, vault, settings: { keyPepper: secrets.keyPepper, keyPrefix: 'gw_live_' } },
    notifications: { ...base, mailer: ports.mailer },
    provisioning: {
      ...base,
      billing,
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
    reminders: {
      ...{ ...base, jobs: queue.jobs },
      settings: { webUrl, apiUrl, adminUrl, mailLinkKeys: secrets.mailLinkKeys },
    },
    retention: { ...base, settings: { journalDays: config.journalDays, answersDays: config.answersDays } },
    sandbox: ports.sandbox,
    starter: { ...base, jobs: queue.jobs },
    telemetry: { ...base, settings: { telemetryDays: config.telemetryDays } },
    webhooks: {
      ...{ ...base, vault, jobs: queue.jobs, settings: { webUrl, adminUrl } },
      webhookSender,
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
    auth,
    viewers,
    queue,
    async close() {
      await queue.rest()
      const grace = new AbortController()
      await Promise.race([Promise.all(inFlight), systemClock.sleep(GRACE_MS, grace.signal)])
      grace.abort()
      // Not before: the last stage of a run puts its mails into the queue.
      await queue.close()
      await viewers.close()
      await wakeups.close()
      await Promise.all([ports.close(), listener.end({ timeout: 2 }), closeDb()])
    },
  }
}
