'use client'

import { PROVIDERS } from '@gangway/schemas/integrations'
import type { PipelineRun } from '@gangway/schemas/pipelines'
import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { LoadProblem } from './load-problem.tsx'
import { PipelineRunDialog } from './pipeline-run-dialog.tsx'
import { runState } from './run-state.ts'
import styles from './settings.module.css'
import { timeText } from './time-text.ts'

const PAGE_SIZE = 20
const REFRESH_MS = 3000

/** All runs of an organization, newest first. */
export function PipelineRuns({ orgId }: { orgId: string }) {
  const list = useInfiniteQuery(
    useTRPC().pipelines.list.infiniteQueryOptions(
      { orgId, limit: PAGE_SIZE },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData, refetchInterval: REFRESH_MS },
    ),
  )
  const [openId, setOpenId] = useState<string | null>(null)
  const rows = list.data?.pages.flatMap((page) => page.rows)
  return (
    <section aria-labelledby="runs">
      <Title order={2} size="h3" id="runs" mb="md">
        Runs
      </Title>
      {list.isError && <LoadProblem title="The runs could not be loaded" query={list} />}
      {list.isPending && <Skeleton height={180} />}
      {rows?.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing has run yet.
        </Text>
      )}
      {rows && rows.length > 0 && (
        <Paper withBorder component="ul" className={styles.rows} aria-labelledby="runs">
          {rows.map((run) => (
            <RunRow key={run.id} run={run} onOpen={() => setOpenId(run.id)} />
          ))}
        </Paper>
      )}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        </Group>
      )}
      {openId && <PipelineRunDialog orgId={orgId} runId={openId} onClose={() => setOpenId(null)} />}
    </section>
  )
}

const TRIGGERS = { manual: 'by hand', schedule: 'by schedule', api_key: 'by API key' } as const

function RunRow({ run, onOpen }: { run: PipelineRun; onOpen: () => void }) {
  const { provider, pipeline, trigger, range, rowsLoaded, createdAt, failure } = run
  const { name } = PROVIDERS[provider]
  const { text, tone } = runState(run.state)
  return (
    <li className={styles.row}>
      <div className={styles.wide}>
        <Group gap="sm">
          <Text fw={600} component="span">
            {name}
          </Text>
          <span className={styles.mono}>{pipeline}</span>
          <span className={styles.state} data-tone={tone}>
            {text}
          </span>
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          {range.from} to {range.to} · started {TRIGGERS[trigger]}
          {rowsLoaded !== null && ` · ${rowsLoaded} new ${rowsLoaded === 1 ? 'row' : 'rows'}`}
        </Text>
        {failure && (
          <Text size="sm" mt={4}>
            {failure.message}
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed">
        <time dateTime={createdAt.toISOString()}>{timeText(createdAt)}</time>
      </Text>
      <Button size="xs" variant="default" onClick={onOpen} aria-label={`Details of ${name}, ${timeText(createdAt)}`}>
        Details
      </Button>
    </li>
  )
}
