'use client'

import { PLANS } from '@gangway/schemas/plans'
import type { RunRow } from '@gangway/schemas/runs'
import { Text } from '@mantine/core'
import { paths } from '../../paths.ts'
import { type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { RunStateLabel } from './run-state-label.tsx'
import { stageText } from './stage-text.ts'

const COLUMNS: readonly Column<RunRow>[] = [
  { heading: 'Slug', width: '18%', cell: (run) => run.slug },
  { heading: 'Customer', width: '22%', cell: (run) => <TwoLines first={run.companyName} second={run.email} /> },
  { heading: 'State', width: '18%', cell: (run) => <State run={run} /> },
  { heading: 'Stage', width: '17%', cell: stageText },
  { heading: 'Plan', width: '11%', cell: (run) => PLANS[run.plan].name },
  { heading: 'Created', width: '14%', cell: (run) => <Moment at={run.createdAt} /> },
]

export function RunsTable({ rows, stale }: { rows: readonly RunRow[] | undefined; stale: boolean }) {
  return (
    <RecordTable
      label="Runs"
      columns={COLUMNS}
      rows={rows}
      rowKey={(run) => run.id}
      href={(run) => paths.run(run.id)}
      stale={stale}
    />
  )
}

function State({ run: { state, failure } }: { run: RunRow }) {
  return (
    <>
      <RunStateLabel state={state} />
      {failure ? (
        <Text size="xs" c="dimmed">
          {failure.code}
        </Text>
      ) : null}
    </>
  )
}

function TwoLines({ first, second }: { first: string; second: string }) {
  return (
    <>
      {first}
      <Text span display="block" size="xs" c="dimmed">
        {second}
      </Text>
    </>
  )
}
