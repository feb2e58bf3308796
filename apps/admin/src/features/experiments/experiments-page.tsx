'use client'

import type { Experiment, VariantResult } from '@gangway/schemas/experiments'
import { ENOUGH_PEOPLE } from '@gangway/schemas/experiments'
import { Anchor, EmptyState, Skeleton, Stack, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { StatusLabel, type Tone } from '../records/status-label.tsx'
import { Moment } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { IntervalBar } from './interval-bar.tsx'
import { percent, points } from './share-text.ts'

const VERDICTS: Record<VariantResult['verdict'], { tone: Tone; text: string }> = {
  control: { tone: 'neutral', text: 'Control' },
  'not-enough-data': { tone: 'neutral', text: 'Not enough data yet' },
  unclear: { tone: 'neutral', text: 'No clear difference' },
  better: { tone: 'good', text: 'More complete' },
  worse: { tone: 'bad', text: 'Fewer complete' },
}

const columnsFor = (variants: readonly VariantResult[]): Column<VariantResult>[] => [
  { heading: 'Variant', width: '18%', cell: (result) => <Variant result={result} /> },
  { heading: 'Have seen it', width: '11%', numeric: true, cell: ({ exposed }) => exposed.toLocaleString('en') },
  { heading: 'Have completed', width: '12%', numeric: true, cell: ({ completed }) => completed.toLocaleString('en') },
  { heading: 'Completion', width: '22%', cell: (result) => <Completion result={result} /> },
  { heading: 'Against control', width: '22%', cell: (result) => <Difference result={result} reach={reachOf(variants)} /> },
  {
    heading: 'What it says',
    width: '15%',
    cell: ({ verdict }) => <StatusLabel tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].text}</StatusLabel>,
  },
]

/** As far as any difference may go, in either direction: one line for all. */
function reachOf(variants: readonly VariantResult[]): number {
  const bounds = variants.flatMap(({ difference }) => (difference ? [Math.abs(difference.low), Math.abs(difference.high)] : []))
  return Math.max(0.01, ...bounds) * 1.1
}

/** What variants make of it: how many of those who saw one have completed, and how sure that is. */
export function ExperimentsPage() {
  const experiments = useQuery(useTRPC().admin.experiments.list.queryOptions())
  return (
    <>
      <PageHeader
        title="Experiments"
        description="Completion per variant, of those who have seen a step of it. Intervals hold in 95 of 100 cases."
      />
      {experiments.error ? <ProblemNotice error={experiments.error} retry={() => void experiments.refetch()} /> : null}
      {experiments.isPending ? <Skeleton h={240} /> : null}
      {experiments.data?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconFlask stroke={1.4} aria-hidden />}
          title="No experiments yet"
          description="A version with variants is one: add a variant to a draft, and publish it."
        />
      ) : null}
      <Stack gap="lg">
        {experiments.data?.map((experiment) => (
          <OneExperiment key={experiment.version} experiment={experiment} />
        ))}
      </Stack>
      {experiments.data && experiments.data.length > 0 ? <Sources /> : null}
    </>
  )
}

function Sources() {
  return (
    <Text size="xs" c="dimmed" mt="lg">
      Intervals of completion: E. B. Wilson, JASA 22 (1927), 209–212. Intervals of differences: R. G. Newcombe, Statistics in
      Medicine 17 (1998), 873–890, method 10.
    </Text>
  )
}

function OneExperiment({ experiment: { version, name, publishedAt, isCurrent, variants } }: { experiment: Experiment }) {
  // Below the versions that are asked of anybody: made up, to look at.
  const isMadeUp = version < 1
  const isShort = variants.some(({ verdict }) => verdict === 'not-enough-data')
  return (
    <Panel title={isMadeUp ? name : `${name}, version ${version}`}>
      <Text size="sm" c="dimmed">
        {isMadeUp ? (
          'Made up, to be looked at: nobody is asked by it.'
        ) : (
          <>
            {isCurrent ? 'Running' : 'Ended: newer questions are published'}; published <Moment at={publishedAt} />.{' '}
            <Anchor component={Link} href={paths.manifest(version)} inherit underline="always">
              See what it asks
            </Anchor>
          </>
        )}
      </Text>
      <RecordTable
        label={isMadeUp ? `Variants of ${name}` : `Variants of version ${version}`}
        columns={columnsFor(variants)}
        rows={variants}
        rowKey={({ variant }) => variant}
      />
      {isShort ? (
        <Text size="sm" c="dimmed">
          Nothing is said about a variant before {ENOUGH_PEOPLE} people have seen it and {ENOUGH_PEOPLE} have seen control.
        </Text>
      ) : null}
    </Panel>
  )
}

function Variant({ result: { variant, share } }: { result: VariantResult }) {
  return (
    <>
      {variant}
      <Text span display="block" size="xs" c="dimmed">
        {percent(share, 0)} of people
      </Text>
    </>
  )
}

function Completion({ result: { completion } }: { result: VariantResult }) {
  if (!completion) return <Absent />
  return (
    <>
      {percent(completion.value)}
      <Text span size="xs" c="dimmed" ml={6}>
        {percent(completion.low)} to {percent(completion.high)}
      </Text>
      <IntervalBar estimate={completion} from={0} to={1} />
    </>
  )
}

function Difference({ result: { difference }, reach }: { result: VariantResult; reach: number }) {
  if (!difference) return <Absent />
  return (
    <>
      {points(difference.value)} points
      <Text span size="xs" c="dimmed" ml={6}>
        {points(difference.low)} to {points(difference.high)}
      </Text>
      <IntervalBar estimate={difference} from={-reach} to={reach} />
    </>
  )
}
