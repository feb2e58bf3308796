'use client'

import type { FunnelPerson } from '@gangway/schemas/funnel'
import { Anchor, EmptyState, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import Link from 'next/link'
import { useSearchParams } from 'next/navigation'
import { paths } from '../../paths.ts'
import { useLabels } from '../answers/use-labels.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { countText } from '../records/count-text.ts'
import { LoadMore } from '../records/load-more.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { Moment } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { filterText } from './filter-text.ts'
import { groupText, MILESTONE_LABELS } from './group-text.ts'
import { readFunnelPeopleQuery } from './people-query.ts'
import { useFunnelPeople } from './use-funnel.ts'

const COLUMNS: readonly Column<FunnelPerson>[] = [
  { heading: 'Person', width: '30%', cell: (person) => <Person person={person} /> },
  { heading: 'Started', width: '16%', cell: ({ startedAt }) => <Moment at={startedAt} /> },
  { heading: 'Last seen', width: '16%', cell: ({ lastAt }) => <Moment at={lastAt} /> },
  { heading: 'Came to', width: '18%', cell: ({ milestone }) => MILESTONE_LABELS[milestone] },
  { heading: 'Variant', width: '10%', cell: ({ variant }) => variant ?? <Absent /> },
  { heading: 'Run', width: '10%', cell: ({ runId }) => (runId ? <RunLink runId={runId} /> : <Absent />) },
]

/** The people behind a number of the funnel. */
export function FunnelPeoplePage() {
  const query = readFunnelPeopleQuery(new URLSearchParams(useSearchParams()))
  const labels = useLabels()
  const people = useFunnelPeople(query)
  const rows = people.data?.pages.flatMap((page) => page.rows)
  const count = people.data?.pages[0]?.count
  const { group: _group, ...funnel } = query
  return (
    <>
      <Anchor component={Link} href={paths.funnel(funnel)} size="sm" display="inline-block" mb="sm">
        Funnel
      </Anchor>
      <PageHeader title={groupText(query.group, labels)} description={filterText(funnel, labels)}>
        <Text role="status" size="sm" c="dimmed">
          {count ? countText(count, 'person', 'people') : people.error ? '' : 'Loading…'}
        </Text>
      </PageHeader>
      {people.error ? <ProblemNotice error={people.error} retry={() => void people.refetch()} /> : null}
      {rows?.length === 0 ? (
        <EmptyState
          py={64}
          icon={<IconUsers stroke={1.4} aria-hidden />}
          title="Nobody"
          description="Nobody is behind this number now."
        />
      ) : null}
      {rows?.length !== 0 && !people.error ? (
        <RecordTable label="People" columns={COLUMNS} rows={rows} rowKey={({ userId }) => userId} />
      ) : null}
      <LoadMore list={people} />
    </>
  )
}

function Person({ person: { userId, name, email } }: { person: FunnelPerson }) {
  return (
    <>
      <Anchor component={Link} href={paths.person(userId)} inherit fw={500}>
        {email}
      </Anchor>
      <Text span display="block" size="xs" c="dimmed">
        {name}
      </Text>
    </>
  )
}

function RunLink({ runId }: { runId: string }) {
  return (
    <Anchor component={Link} href={paths.run(runId)} inherit underline="always">
      Run
    </Anchor>
  )
}
