'use client'

import { PLAN_IDS, PLANS } from '@gangway/schemas/plans'
import { ROLES } from '@gangway/schemas/questionnaire'
import { Button, Select, TextInput } from '@mantine/core'
import { ChoiceFilter } from '../records/choice-filter.tsx'
import { DayFilters } from '../records/day-filters.tsx'
import { daysUntil } from '../records/days.ts'
import classes from '../records/filters.module.css'
import own from './funnel-filters.module.css'
import type { FunnelQuery } from './funnel-query.ts'

const PLAN_CHOICES = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }))
const PERIODS = [7, 30, 90] as const

interface FunnelFiltersProps {
  query: FunnelQuery
  onChange: (query: FunnelQuery) => void
}

/** Who is counted. */
export function FunnelFilters({ query, onChange }: FunnelFiltersProps) {
  const change = (changed: Partial<FunnelQuery>) => onChange({ ...query, ...changed })
  return (
    <search aria-label="Filter the funnel" className={`${classes.filters} ${own.funnel}`}>
      <DayFilters what="Started" days={query} onChange={change} />
      <Button.Group className={classes.clear}>
        {PERIODS.map((days) => (
          <Button key={days} variant="default" onClick={() => change(daysUntil(new Date(), days))}>
            {days} days
          </Button>
        ))}
      </Button.Group>
      <ChoiceFilter label="Role" any="Any role" choices={ROLES} value={query.roles} onChange={(roles) => change({ roles })} />
      <Select
        label="Plan"
        className={own.field}
        placeholder="Any plan"
        data={PLAN_CHOICES}
        value={query.plan}
        onChange={(plan) => change({ plan })}
        clearable
        clearButtonProps={{ 'aria-label': 'Clear plan' }}
        comboboxProps={{ withinPortal: false }}
      />
      <TextInput
        label="Variant"
        className={own.field}
        placeholder="Any variant"
        maxLength={60}
        spellCheck={false}
        value={query.variant}
        onChange={(event) => change({ variant: event.currentTarget.value })}
      />
    </search>
  )
}
