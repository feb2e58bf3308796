import type { FunnelGroup, FunnelStep } from '@gangway/schemas/funnel'
import { Text } from '@mantine/core'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import type { FunnelQuery } from './funnel-query.ts'
import { numberText, secondsText } from './number-text.ts'
import { PeopleLink } from './people-link.tsx'

type StepGroup = Extract<FunnelGroup, { at: 'step' }>

/** What became of each step, how long it took, and what went wrong on the way. */
export function StepsTable({ steps, query }: { steps: readonly FunnelStep[]; query: FunnelQuery }) {
  const link = (step: string, what: StepGroup['what'], people: number) => (
    <PeopleLink people={people} query={query} group={{ at: 'step', step, what }} />
  )
  const trouble = (what: 'retries' | 'conflicts' | 'offlineSaves') => (row: FunnelStep) =>
    row[what].times === 0 ? (
      '0'
    ) : (
      <>
        {numberText(row[what].times)}
        <Text span display="block" size="xs" c="dimmed">
          {link(row.step, what, row[what].people)} {row[what].people === 1 ? 'person' : 'people'}
        </Text>
      </>
    )
  const columns: Column<FunnelStep>[] = [
    { heading: 'Step', width: '20%', cell: ({ title }) => title },
    { heading: 'Saw it', width: '10%', numeric: true, cell: ({ step, viewed }) => link(step, 'viewed', viewed) },
    { heading: 'Completed', width: '11%', numeric: true, cell: ({ step, completed }) => link(step, 'completed', completed) },
    { heading: 'Skipped', width: '10%', numeric: true, cell: ({ step, skipped }) => link(step, 'skipped', skipped) },
    { heading: 'Median time', width: '11%', numeric: true, cell: ({ time }) => (time ? secondsText(time.median) : <Absent />) },
    { heading: '9 in 10 within', width: '11%', numeric: true, cell: ({ time }) => (time ? secondsText(time.p90) : <Absent />) },
    { heading: 'Retries', width: '9%', numeric: true, cell: trouble('retries') },
    { heading: 'Conflicts', width: '9%', numeric: true, cell: trouble('conflicts') },
    { heading: 'Offline', width: '9%', numeric: true, cell: trouble('offlineSaves') },
  ]
  return <RecordTable label="Steps" columns={columns} rows={steps} rowKey={({ step }) => step} />
}
