import { exportNightly } from '@gangway/core/exports'
import type { exportNightlyJob } from './export-nightly.ts'
import type { Handler } from './registry.ts'

export const handleExportNightly: Handler<typeof exportNightlyJob.schema> = async ({ contexts, log }) => {
  const report = await exportNightly(contexts.nightlyExport)
  if (report.days.length + report.waiting.length > 0) log.info(report, 'answers exported by day')
}
