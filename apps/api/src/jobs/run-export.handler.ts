import { runExport } from '@gangway/core/exports'
import type { Handler } from './registry.ts'
import type { runExportJob } from './run-export.ts'

export const handleRunExport: Handler<typeof runExportJob.schema> = ({ contexts }, payload) =>
  runExport(contexts.exports, payload)
