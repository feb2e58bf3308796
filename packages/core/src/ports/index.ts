export type { Billing, BillingEvent, Checkout, CreatedCheckout, NewCheckout, Subscription } from './billing.ts'
export type { Clock } from './clock.ts'
export type { ExportTarget, WrittenFile } from './export-target.ts'
export type { Ids } from './ids.ts'
export type { EnqueuedJob, JobName, JobOptions, JobPayloads, Jobs } from './jobs.ts'
export type { Log, LogFields } from './log.ts'
export type { Mailer, MailOutcome, OutgoingMail } from './mailer.ts'
export type { CostRow, Provider, Providers, ReportPage, ReportRequest, UsageRow } from './provider.ts'
export type { Vault } from './vault.ts'
export type { WebhookAnswer, WebhookRequest, WebhookSender } from './webhook-sender.ts'
export type {
  ColumnDeclaration,
  ColumnState,
  ColumnType,
  DatasetLabels,
  LoadJob,
  RowFilter,
  TableDeclaration,
  TableState,
  Warehouse,
  WarehouseRow,
  WarehouseValue,
} from './warehouse.ts'
