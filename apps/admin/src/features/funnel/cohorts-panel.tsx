'use client'

import type { CohortBy, FunnelCohort, Milestone } from '@gangway/schemas/funnel'
import { COHORTS, cohortBySchema } from '@gangway/schemas/funnel'
import { PLANS, planIdSchema } from '@gangway/schemas/plans'
import { roleSchema } from '@gangway/schemas/questionnaire'
import { Button, NativeSelect, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { valueLabel } from '../answers/questions.ts'
import { useLabels } from '../answers/use-labels.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { type FunnelQuery, ofCohort } from './funnel-query.ts'
import { secondsText, shareText } from './number-text.ts'
import { PeopleLink } from './people-link.tsx'
import { useCohorts } from './use-funnel.ts'

/** Of ninety days, the newest say most. */
const FIRST = 14

const BY_LABELS: Record<CohortBy, string> = {
  day: 'Day they started',
  week: 'Week they started',
  month: 'Month they started',
  role: 'Role',
  plan: 'Plan',
}

const SHOWN = [
  ['Completed', 'completed'],
  ['Checkout', 'checkout_started'],
  ['Provisioned', 'provisioned'],
  ['First value', 'first_value'],
] as const satisfies readonly (readonly [string, Milestone])[]

interface CohortsPanelProps {
  query: FunnelQuery
  onChange: (query: FunnelQuery) => void
}

/** The same people in parts, and how far each part came. */
export function CohortsPanel({ query, onChange }: CohortsPanelProps) {
  const [isWhole, { toggle }] = useDisclosure(false)
  const { cohorts, stale } = useCohorts(query)
  const name = useCohortName(query.by)
  const rows = isWhole ? cohorts.data : cohorts.data?.slice(0, FIRST)
  const share = ([heading, milestone]: (typeof SHOWN)[number]): Column<FunnelCohort> => ({
    heading,
    width: '15%',
    numeric: true,
    cell: ({ key, people }) => (
      <>
        {shareText(people[milestone], people.started)}
        <Text span display="block" size="xs" c="dimmed">
          <PeopleLink
            people={people[milestone]}
            query={ofCohort(query, key)}
            group={{ at: 'milestone', milestone, what: 'reached' }}
          />
        </Text>
      </>
    ),
  })
  const columns: Column<FunnelCohort>[] = [
    { heading: BY_LABELS[query.by], width: '16%', cell: ({ key }) => name(key) },
    {
      heading: 'Started',
      width: '10%',
      numeric: true,
      cell: ({ key, people }) => (
        <PeopleLink
          people={people.started}
          query={ofCohort(query, key)}
          group={{ at: 'milestone', milestone: 'started', what: 'reached' }}
        />
      ),
    },
    ...SHOWN.map(share),
    {
      heading: 'To first value',
      width: '14%',
      numeric: true,
      cell: ({ timeToFirstValue }) => (timeToFirstValue ? secondsText(timeToFirstValue.median) : <Absent />),
    },
  ]
  return (
    <Panel title="Cohorts">
      <NativeSelect
        label="People by"
        data={COHORTS.map((by) => ({ value: by, label: BY_LABELS[by] }))}
        value={query.by}
        onChange={(event) => onChange({ ...query, by: cohortBySchema.parse(event.currentTarget.value) })}
        maw={260}
      />
      {cohorts.error ? <ProblemNotice error={cohorts.error} retry={() => void cohorts.refetch()} /> : null}
      {cohorts.error ? null : (
        <RecordTable label="Cohorts" columns={columns} rows={rows} rowKey={({ key }) => key ?? ''} stale={stale} />
      )}
      {(cohorts.data?.length ?? 0) > FIRST ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={isWhole}
          onClick={toggle}
          style={{ alignSelf: 'start' }}
        >
          {isWhole ? 'Show fewer' : `Show all ${cohorts.data?.length}`}
        </Button>
      ) : null}
    </Panel>
  )
}

function useCohortName(by: CohortBy): (key: string | null) => string {
  const labels = useLabels()
  return (key) => {
    if (key === null) return 'Not known'
    if (by === 'role')
      return roleSchema.safeParse(key).success ? valueLabel({ step: 'work', field: 'role', value: key }, labels) : key
    if (by !== 'plan') return key
    const plan = planIdSchema.safeParse(key)
    return plan.success ? PLANS[plan.data].name : key
  }
}
