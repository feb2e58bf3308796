'use client'

import { type Role, ROLES } from '@gangway/schemas/questionnaire'
import { Button, MultiSelect, TextInput } from '@mantine/core'
import classes from './answers-filters.module.css'
import { type AnswersQuery, isBackwards, isFiltered, NO_QUERY } from './answers-query.ts'

interface AnswersFiltersProps {
  query: AnswersQuery
  onChange: (query: AnswersQuery) => void
}

export function AnswersFilters({ query, onChange }: AnswersFiltersProps) {
  return (
    <search aria-label="Filter answers" className={classes.filters}>
      <MultiSelect<Role>
        label="Role"
        placeholder={query.roles.length === 0 ? 'Any role' : undefined}
        data={ROLES}
        value={query.roles}
        onChange={(roles) => onChange({ ...query, roles })}
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        searchable
        clearable
        nothingFoundMessage="No such role"
        clearButtonProps={{ 'aria-label': 'Clear roles' }}
        className={classes.roles}
      />
      <TextInput
        label="Completed from"
        type="date"
        value={query.from}
        onChange={(event) => onChange({ ...query, from: event.currentTarget.value })}
      />
      <TextInput
        label="Completed to"
        type="date"
        value={query.to}
        onChange={(event) => onChange({ ...query, to: event.currentTarget.value })}
        error={isBackwards(query) ? 'This is before the first day.' : undefined}
      />
      {isFiltered(query) ? (
        <Button variant="subtle" color="gray" className={classes.clear} onClick={() => onChange(NO_QUERY)}>
          Clear filters
        </Button>
      ) : null}
    </search>
  )
}
