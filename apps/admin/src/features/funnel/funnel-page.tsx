'use client'

import { Button, EmptyState, Skeleton, Stack } from '@mantine/core'
import { IconFilter, IconFilterOff } from '@tabler/icons-react'
import { paths } from '../../paths.ts'
import { StatusLine } from '../answers/status-line.tsx'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { countText } from '../records/count-text.ts'
import { Panel } from '../records/panel.tsx'
import { useAddressQuery } from '../records/use-address-query.ts'
import { PageHeader } from '../shell/page-header.tsx'
import { CohortsPanel } from './cohorts-panel.tsx'
import { FunnelChart } from './funnel-chart.tsx'
import { FunnelFilters } from './funnel-filters.tsx'
import { ALL_PEOPLE, isFiltered, readFunnelQuery } from './funnel-query.ts'
import { KeyFigures } from './key-figures.tsx'
import { StepsTable } from './steps-table.tsx'
import { StopsTable } from './stops-table.tsx'
import { useFunnel } from './use-funnel.ts'
import { VariantsPanel } from './variants-panel.tsx'

/** How far people come, where they stop and why, and how long it takes. */
export function FunnelPage() {
  const [query, setQuery] = useAddressQuery({ read: readFunnelQuery, href: paths.funnel })
  const { funnel, stale } = useFunnel(query)
  const { data, error } = funnel
  const started = data?.milestones[0]?.people ?? 0
  const clear = isFiltered(query) ? () => setQuery({ ...ALL_PEOPLE, by: query.by }) : undefined
  return (
    <>
      <PageHeader
        title="Funnel"
        description="How far people come from the first step to first value, where they stop, and how long it takes. Underlined numbers lead to the people behind them."
      />
      <FunnelFilters query={query} onChange={setQuery} />
      <StatusLine onClear={clear}>
        {data && !stale ? `${countText({ value: started, exact: true }, 'person', 'people')} started` : error ? '' : 'Counting…'}
      </StatusLine>
      {error ? <ProblemNotice error={error} retry={() => void funnel.refetch()} /> : null}
      {data && started === 0 && !stale ? <Nobody onClear={clear} /> : null}
      {data && started > 0 ? (
        <Stack gap="lg">
          <Stack gap="lg" aria-busy={stale}>
            <Panel title="At a glance">
              <KeyFigures funnel={data} />
            </Panel>
            <Panel title="How far people come">
              <FunnelChart funnel={data} query={query} />
            </Panel>
            <Panel title="Where people stop, and why">
              <StopsTable funnel={data} query={query} />
            </Panel>
            <Panel title="Steps">
              <StepsTable steps={data.steps} query={query} />
            </Panel>
          </Stack>
          <CohortsPanel query={query} onChange={setQuery} />
          <VariantsPanel query={query} />
        </Stack>
      ) : null}
      {!data && !error ? <FunnelSkeleton /> : null}
    </>
  )
}

function Nobody({ onClear }: { onClear: (() => void) | undefined }) {
  return onClear ? (
    <EmptyState
      py={64}
      icon={<IconFilterOff stroke={1.4} aria-hidden />}
      title="Nobody fits these filters"
      description="Choose a longer time, or fewer filters."
    >
      <EmptyState.Actions>
        <Button variant="default" onClick={onClear}>
          Clear filters
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  ) : (
    <EmptyState
      py={64}
      icon={<IconFilter stroke={1.4} aria-hidden />}
      title="Nobody has started yet"
      description="People appear here as soon as they see the first step of the questionnaire."
    />
  )
}

/** As high as the panels that come, so that nothing jumps. */
function FunnelSkeleton() {
  return (
    <Stack gap="lg" aria-hidden>
      {[150, 720, 420].map((height) => (
        <Skeleton key={height} h={height} />
      ))}
    </Stack>
  )
}
