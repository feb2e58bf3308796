import { recordFailedRun } from '@gangway/core/pipelines'
import type { recordPipelineJob } from './record-pipeline.ts'
import type { Handler } from './registry.ts'

export const handleRecordPipeline: Handler<typeof recordPipelineJob.schema> = ({ contexts }, payload) =>
  recordFailedRun(contexts.integrations, payload)
