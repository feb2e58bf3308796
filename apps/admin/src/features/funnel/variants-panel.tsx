'use client'

import type { FunnelVariant, Milestone } from '@gangway/schemas/funnel'
import { Text } from '@mantine/core'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import type { FunnelQuery } from './funnel-query.ts'
import { secondsText, shareText } from './number-text.ts'
import { PeopleLink } from './people-link.tsx'
import { useVariants } from './use-funnel.ts'
import { type Line, linesOf } from './variant-lines.ts'

/** The funnels of the variants beside each other; nothing where everybody has the same. */
export function VariantsPanel({ query }: { query: FunnelQuery }) {
  const { variants, stale } = useVariants(query)
  if (variants.error) return <ProblemNotice error={variants.error} retry={() => void variants.refetch()} />
  if (!variants.data || variants.data.length < 2) return null
  const width = `${Math.floor(70 / variants.data.length)}%` as const
  const columns: Column<Line>[] = [
    { heading: 'Place', width: '30%', cell: ({ label }) => label },
    ...variants.data.map((variant, index) => ({
      heading: variant.key ?? 'No variant',
      width,
      numeric: true as const,
      cell: (line: Line) => <Cell line={line} index={index} variant={variant} query={query} />,
    })),
  ]
  return (
    <Panel title="Variants side by side">
      <RecordTable label="Variants" columns={columns} rows={linesOf(variants.data)} rowKey={({ label }) => label} stale={stale} />
      <Text size="sm" c="dimmed">
        Shares are of those who started with the variant. How sure a difference is, experiments say.
      </Text>
    </Panel>
  )
}

interface CellProps {
  line: Line
  index: number
  variant: FunnelVariant
  query: FunnelQuery
}

function Cell({ line, index, variant, query }: CellProps) {
  const started: Milestone = 'started'
  if (line.kind === 'time') {
    const spread = line.spreads[index]
    return spread ? secondsText(spread.median) : <Absent />
  }
  const people = line.people[index] ?? 0
  return (
    <>
      {shareText(people, variant.people[started])}
      <Text span display="block" size="xs" c="dimmed">
        <PeopleLink people={people} query={variant.key === null ? null : { ...query, variant: variant.key }} group={line.group} />
      </Text>
    </>
  )
}
