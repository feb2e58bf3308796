'use client'

import { PLAN_IDS, PLANS } from '@gangway/schemas/plans'
import { Select, TextInput } from '@mantine/core'
import { AnswerForm } from './answer-form.tsx'
import classes from './more-filters.module.css'
import type { PeopleQuery } from './people-query.ts'

const PLAN_CHOICES = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }))

interface MoreFiltersProps {
  id: string
  hidden: boolean
  query: PeopleQuery
  onChange: (query: PeopleQuery) => void
}

/** The filters that are wanted less often. */
export function MoreFilters({ id, hidden, query, onChange }: MoreFiltersProps) {
  return (
    <div id={id} hidden={hidden} className={classes.more}>
      <TextInput
        label="Organization"
        placeholder="Its slug"
        maxLength={50}
        spellCheck={false}
        value={query.org}
        onChange={(event) => onChange({ ...query, org: event.currentTarget.value })}
      />
      <Select
        label="Plan"
        placeholder="Any plan"
        data={PLAN_CHOICES}
        value={query.plan}
        onChange={(plan) => onChange({ ...query, plan })}
        clearable
        clearButtonProps={{ 'aria-label': 'Clear plan' }}
        comboboxProps={{ withinPortal: false }}
      />
      <TextInput
        label="Variant"
        placeholder="Any variant"
        maxLength={60}
        spellCheck={false}
        value={query.variant}
        onChange={(event) => onChange({ ...query, variant: event.currentTarget.value })}
      />
      <TextInput
        label="Schema version"
        placeholder="Any version"
        inputMode="numeric"
        maxLength={4}
        value={query.version}
        onChange={(event) => onChange({ ...query, version: event.currentTarget.value.replaceAll(/^0+|\D/g, '') })}
      />
      <AnswerForm answers={query.answers} onAdd={(answer) => onChange({ ...query, answers: [...query.answers, answer] })} />
    </div>
  )
}
