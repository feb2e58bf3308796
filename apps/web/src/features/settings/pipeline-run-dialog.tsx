'use client'

import { PIPELINE_STEP_LABELS, type PipelineStep } from '@gangway/schemas/pipelines'
import { Code, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { LoadProblem } from './load-problem.tsx'
import { runState } from './run-state.ts'
import { SettingsDialog } from './settings-dialog.tsx'
import styles from './settings.module.css'

const REFRESH_MS = 2000

/** One run, step by step. */
export function PipelineRunDialog({ orgId, runId, onClose }: { orgId: string; runId: string; onClose: () => void }) {
  const run = useQuery(
    useTRPC().pipelines.get.queryOptions(
      { orgId, runId },
      { refetchInterval: ({ state }) => (state.data?.finishedAt ? false : REFRESH_MS) },
    ),
  )
  return (
    <SettingsDialog title="Pipeline run" onClose={onClose}>
      {run.isError && <LoadProblem title="The run could not be loaded" query={run} />}
      {run.isPending && <Skeleton height={260} />}
      {run.data && (
        <Stack>
          <ol className={styles.rows}>
            {run.data.steps.map((step) => (
              <StepRow key={`${step.attempt} ${step.step}`} step={step} />
            ))}
          </ol>
          {run.data.failure && (
            <Text size="sm">
              {run.data.failure.message} Error id: <Code>{run.data.failure.errorId}</Code>
            </Text>
          )}
          <Text size="xs" c="dimmed" className={styles.mono}>
            Run {run.data.id}
          </Text>
        </Stack>
      )}
    </SettingsDialog>
  )
}

function StepRow({ step: { step, status, startedAt, finishedAt } }: { step: PipelineStep }) {
  const { text, tone } = runState(status)
  return (
    <li className={styles.row}>
      <span className={styles.wide}>{PIPELINE_STEP_LABELS[step]}</span>
      <Group gap="md">
        {finishedAt && (
          <Text size="sm" c="dimmed" component="span">
            {((finishedAt.getTime() - startedAt.getTime()) / 1000).toFixed(1)} s
          </Text>
        )}
        <span className={styles.state} data-tone={tone}>
          {text}
        </span>
      </Group>
    </li>
  )
}
