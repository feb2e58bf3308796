'use client'

import { ROLES } from '@gangway/schemas/questionnaire'
import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId } from 'react'
import { ChoiceFilter } from '../records/choice-filter.tsx'
import { DayFilters } from '../records/day-filters.tsx'
import classes from '../records/filters.module.css'
import { TextFilter } from '../records/text-filter.tsx'
import { AnswerPills } from './answer-pills.tsx'
import own from './more-filters.module.css'
import { MoreFilters } from './more-filters.tsx'
import { countHidden, type PeopleQuery } from './people-query.ts'

interface PeopleFiltersProps {
  /** What is filtered: `Filter answers`. */
  label: string
  query: PeopleQuery
  onChange: (query: PeopleQuery) => void
}

/** Whose answers are wanted. */
export function PeopleFilters({ label, query, onChange }: PeopleFiltersProps) {
  const hidden = countHidden(query)
  const [isOpen, { toggle }] = useDisclosure(hidden > 0)
  const moreId = useId()
  return (
    <search aria-label={label} className={`${classes.filters} ${own.people}`}>
      <TextFilter
        label="Search"
        placeholder="Answers, name or e-mail"
        value={query.text}
        onChange={(text) => onChange({ ...query, text })}
      />
      <ChoiceFilter
        label="Role"
        any="Any role"
        choices={ROLES}
        value={query.roles}
        onChange={(roles) => onChange({ ...query, roles })}
      />
      <DayFilters what="Completed" days={query} onChange={(days) => onChange({ ...query, ...days })} />
      <Button variant="default" className={classes.clear} aria-expanded={isOpen} aria-controls={moreId} onClick={toggle}>
        {isOpen ? 'Fewer filters' : hidden > 0 ? `More filters (${hidden})` : 'More filters'}
      </Button>
      <MoreFilters id={moreId} hidden={!isOpen} query={query} onChange={onChange} />
      <AnswerPills answers={query.answers} onChange={(answers) => onChange({ ...query, answers })} />
    </search>
  )
}
