'use client'

import { PLAN_IDS, PLANS } from '@gangway/schemas/plans'
import { RUN_STATES, STAGE_IDS, STAGE_LABELS } from '@gangway/schemas/provisioning'
import { ChoiceFilter } from '../records/choice-filter.tsx'
import { ClearFilters } from '../records/clear-filters.tsx'
import { DayFilters } from '../records/day-filters.tsx'
import classes from '../records/filters.module.css'
import { TextFilter } from '../records/text-filter.tsx'
import { RUN_STATE_LABELS } from './run-state-label.tsx'
import { isFiltered, NO_QUERY, type RunsQuery } from './runs-query.ts'

const STATES = RUN_STATES.map((value) => ({ value, label: RUN_STATE_LABELS[value] }))
const STAGES = STAGE_IDS.map((value) => ({ value, label: STAGE_LABELS[value] }))
const PLAN_CHOICES = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }))

export function RunsFilters({ query, onChange }: { query: RunsQuery; onChange: (query: RunsQuery) => void }) {
  const change = (part: Partial<RunsQuery>) => onChange({ ...query, ...part })
  return (
    <search aria-label="Filter runs" className={classes.filters}>
      <TextFilter
        label="Search"
        placeholder="Checkout, slug, company or e-mail"
        value={query.text}
        onChange={(text) => change({ text })}
      />
      <ChoiceFilter
        label="State"
        any="Any state"
        choices={STATES}
        value={query.states}
        onChange={(states) => change({ states })}
      />
      <ChoiceFilter
        label="Stage"
        any="Any stage"
        choices={STAGES}
        value={query.stages}
        onChange={(stages) => change({ stages })}
      />
      <ChoiceFilter
        label="Plan"
        any="Any plan"
        choices={PLAN_CHOICES}
        value={query.plans}
        onChange={(plans) => change({ plans })}
      />
      <DayFilters what="Created" days={query} onChange={change} />
      {isFiltered(query) ? <ClearFilters onClear={() => onChange(NO_QUERY)} /> : null}
    </search>
  )
}
