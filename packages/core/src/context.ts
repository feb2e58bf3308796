import type { Db } from '@gangway/db/client'
import type { Wakeups } from '@gangway/db/wakeups'
import type { Billing } from './ports/billing.ts'
import type { Clock } from './ports/clock.ts'
import type { ExportTarget } from './ports/export-target.ts'
import type { Ids } from './ports/ids.ts'
import type { Jobs } from './ports/jobs.ts'
import type { Log } from './ports/log.ts'
import type { Mailer } from './ports/mailer.ts'
import type { Providers } from './ports/provider.ts'
import type { Vault } from './ports/vault.ts'
import type { Warehouse } from './ports/warehouse.ts'
import type { WebhookSender } from './ports/webhook-sender.ts'
import type { Journal } from './provisioning/journal.ts'
import type { JournalFeed } from './provisioning/journal-feed.ts'

/** What every use-case has. */
export interface BaseContext {
  db: Db
  clock: Clock
  ids: Ids
  log: Log
}

export type QuestionnaireContext = BaseContext & { jobs: Jobs }

export type AnswersContext = BaseContext

/** The first key signs cursors; those after it, of root keys from before, are still good. */
export type BrowseContext = AnswersContext & { settings: { cursorKeys: readonly string[] } }

export type ExportsContext = BrowseContext & { jobs: Jobs }

export type NightlyExportContext = BaseContext & {
  warehouse: Warehouse
  /** Undefined where nobody wants files. */
  exportTarget: ExportTarget | undefined
}

export type RetentionContext = BaseContext & {
  settings: {
    /** For how long the journals of runs that have ended are kept. */
    journalDays: number
    /** For how long answers are kept after their completion; undefined for ever. */
    answersDays: number | undefined
  }
}

export type StarterContext = BaseContext & { jobs: Jobs }

export type CheckoutContext = BaseContext & {
  billing: Billing
  warehouse: Warehouse
  settings: { webUrl: string }
}

export type BillingContext = BaseContext & { billing: Billing; warehouse: Warehouse }

export type KeysContext = BaseContext & {
  vault: Vault
  settings: Pick<ProvisioningSettings, 'keyPepper' | 'keyPrefix'>
}

export type IntegrationsContext = BaseContext & { vault: Vault; jobs: Jobs; providers: Providers; warehouse: Warehouse }

export type PipelinesContext = IntegrationsContext

export type NotificationsContext = BaseContext & { mailer: Mailer }

/** For mails that nobody asked for: reminders, and what staff are told. Addresses have no slash at the end. */
export type RemindersContext = BaseContext & {
  jobs: Jobs
  settings: {
    webUrl: string
    apiUrl: string
    adminUrl: string
    /** Sign the links that switch reminders off. The first signs; the others, of root keys from before, are still good. */
    mailLinkKeys: readonly string[]
  }
}

export type BootstrapContext = BaseContext & { warehouse: Warehouse }

export type TelemetryContext = BaseContext & {
  settings: {
    /** How long events are kept. */
    telemetryDays: number
  }
}

export type DryRunContext = BaseContext & { warehouse: Warehouse }

export type WebhooksContext = BaseContext & {
  vault: Vault
  jobs: Jobs
  webhookSender: WebhookSender
  /** Where links in mails lead, without a slash at the end. */
  settings: { webUrl: string; adminUrl: string }
}

export interface ProvisioningSettings {
  /** Names this process in the locks it holds. */
  holder: string
  lockTtlMs: number
  heartbeatMs: number
  /** One try of one stage takes no longer. */
  stageDeadlineMs: number
  /** Keys the hash of API keys. */
  keyPepper: string
  /** `gw_live_` or `gw_test_`. */
  keyPrefix: 'gw_live_' | 'gw_test_'
  /** Where links in mails lead, without a slash at the end. */
  webUrl: string
}

export type ProvisioningContext = BaseContext & {
  billing: Billing
  warehouse: Warehouse
  vault: Vault
  jobs: Jobs
  journal: Journal
  feed: JournalFeed
  wakeups: Wakeups
  settings: ProvisioningSettings
}
