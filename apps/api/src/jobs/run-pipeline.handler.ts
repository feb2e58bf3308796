import { runPipeline } from '@gangway/core/pipelines'
import type { Handler } from './registry.ts'
import type { runPipelineJob } from './run-pipeline.ts'

export const handleRunPipeline: Handler<typeof runPipelineJob.schema> = ({ contexts }, payload) =>
  runPipeline(contexts.integrations, payload)
