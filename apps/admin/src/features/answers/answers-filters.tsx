'use client'

import { ROLES } from '@gangway/schemas/questionnaire'
import { ChoiceFilter } from '../records/choice-filter.tsx'
import { ClearFilters } from '../records/clear-filters.tsx'
import { DayFilters } from '../records/day-filters.tsx'
import classes from '../records/filters.module.css'
import { type AnswersQuery, isFiltered, NO_QUERY } from './answers-query.ts'

interface AnswersFiltersProps {
  query: AnswersQuery
  onChange: (query: AnswersQuery) => void
}

export function AnswersFilters({ query, onChange }: AnswersFiltersProps) {
  return (
    <search aria-label="Filter answers" className={classes.filters}>
      <ChoiceFilter
        label="Role"
        any="Any role"
        choices={ROLES}
        value={query.roles}
        onChange={(roles) => onChange({ ...query, roles })}
      />
      <DayFilters what="Completed" days={query} onChange={(days) => onChange({ ...query, ...days })} />
      {isFiltered(query) ? <ClearFilters onClear={() => onChange(NO_QUERY)} /> : null}
    </search>
  )
}
