import { createBigQueryWarehouse } from '@gangway/adapters/bigquery'
import { createCloudKmsVault } from '@gangway/adapters/cloud-kms'
import { createExportTarget } from '@gangway/adapters/export-targets'
import { createLocalVault } from '@gangway/adapters/local-vault'
import { createMailOutbox } from '@gangway/adapters/mail-outbox'
import { createPostgresWarehouse } from '@gangway/adapters/postgres-warehouse'
import { createProviders } from '@gangway/adapters/providers'
import { createSandboxBilling, type SandboxBilling } from '@gangway/adapters/sandbox-billing'
import { createSmtpCarrier } from '@gangway/adapters/smtp'
import { createStripeBilling } from '@gangway/adapters/stripe'
import { createWebhookSender } from '@gangway/adapters/webhook-sender'
import type { BaseContext } from '@gangway/core/context'
import type { Billing, ExportTarget, Jobs, Mailer, Providers, Vault, Warehouse, WebhookSender } from '@gangway/core/ports'
import { addresses, type Config } from './config/config.ts'

export interface Ports {
  billing: Billing
  /** The sandbox's own payment page; undefined where somebody else takes the payments. */
  sandbox: SandboxBilling | undefined
  warehouse: Warehouse
  vault: Vault
  mailer: Mailer
  providers: Providers
  webhookSender: WebhookSender
  /** Undefined where nobody wants files. */
  exportTarget: ExportTarget | undefined
  close(): Promise<void>
}

interface Needs {
  config: Config
  base: BaseContext
  jobs: Jobs
  /** Of the role that owns the embedded warehouse. */
  warehouseUrl: string
}

/** For each port the adapter that the configuration names. */
export function openPorts(needs: Needs): Ports {
  const { config, base } = needs
  const warehouse = openWarehouse(needs)
  const vault = openVault(config)
  return {
    ...openBilling(needs),
    warehouse: warehouse.port,
    vault: vault.port,
    mailer: openMailer(config, base),
    providers: createProviders({ clock: base.clock, baseUrls: config.providers }),
    webhookSender: createWebhookSender({ allowLocalhost: !config.isProduction }),
    exportTarget: config.answersExportPath ? createExportTarget(config.answersExportPath) : undefined,
    async close() {
      await Promise.all([warehouse.close(), vault.close()])
    },
  }
}

function openBilling({ config, base, jobs }: Needs): Pick<Ports, 'billing' | 'sandbox'> {
  const { billing } = config
  if (billing.provider === 'stripe') {
    const { provider: _provider, ...options } = billing
    return { billing: createStripeBilling({ ...options, clock: base.clock }), sandbox: undefined }
  }
  const { web: webUrl } = addresses(config)
  const sandbox = createSandboxBilling({ ...base, jobs, webhookSecret: billing.webhookSecret, webUrl })
  return { billing: sandbox, sandbox }
}

function openWarehouse({ config, base, warehouseUrl }: Needs): { port: Warehouse; close(): Promise<void> } {
  if (config.warehouse.provider === 'bigquery') {
    const { provider: _provider, ...options } = config.warehouse
    return { port: createBigQueryWarehouse({ ...options, clock: base.clock, log: base.log }), close: async () => {} }
  }
  const port = createPostgresWarehouse({ url: warehouseUrl, max: 10 })
  return { port, close: () => port.close() }
}

function openVault({ vault }: Config): { port: Vault; close(): Promise<void> } {
  if (vault.provider === 'cloud-kms') {
    const { provider: _provider, ...options } = vault
    const port = createCloudKmsVault(options)
    return { port, close: () => port.close() }
  }
  return { port: createLocalVault(vault), close: async () => {} }
}

function openMailer({ mail }: Config, { db }: BaseContext): Mailer {
  return createMailOutbox({ db, ...(mail.provider === 'smtp' && { carrier: createSmtpCarrier(mail) }) })
}
