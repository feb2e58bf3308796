'use client'

import { Button, Select } from '@mantine/core'
import { useId, useState } from 'react'
import { useLabels } from '../answers/use-labels.ts'
import { DayFilters } from '../records/day-filters.tsx'
import classes from '../records/filters.module.css'
import { daysBefore, isComparing, NO_DAYS, type TotalsQuery } from './totals-query.ts'

interface ViewOptionsProps {
  query: TotalsQuery
  onChange: (query: TotalsQuery) => void
}

/** Which questions, and what they are compared with. */
export function ViewOptions({ query, onChange }: ViewOptionsProps) {
  const [isOpen, setIsOpen] = useState(isComparing(query))
  const steps = useLabels().map(({ id, title }) => ({ value: id, label: title }))
  const comparisonId = useId()
  const usual = daysBefore(query)
  const toggle = () => {
    setIsOpen(!isOpen)
    if (isOpen) onChange({ ...query, than: NO_DAYS })
    else if (usual) onChange({ ...query, than: usual })
  }
  return (
    <div className={classes.filters} role="group" aria-label="What is shown">
      <Select
        label="Step"
        placeholder="All steps"
        data={steps}
        value={query.step || null}
        onChange={(step) => onChange({ ...query, step: step ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': 'Clear step' }}
        comboboxProps={{ withinPortal: false }}
      />
      <Button variant="default" className={classes.clear} aria-expanded={isOpen} aria-controls={comparisonId} onClick={toggle}>
        {isOpen ? 'End the comparison' : 'Compare two periods'}
      </Button>
      <div id={comparisonId} hidden={!isOpen} style={{ display: isOpen ? 'contents' : 'none' }}>
        <DayFilters what="Compared with" days={query.than} onChange={(than) => onChange({ ...query, than })} />
        {usual ? (
          <Button variant="subtle" color="gray" className={classes.clear} onClick={() => onChange({ ...query, than: usual })}>
            As long before
          </Button>
        ) : null}
      </div>
    </div>
  )
}
