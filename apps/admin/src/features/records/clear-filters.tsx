'use client'

import { Button } from '@mantine/core'
import classes from './filters.module.css'

export function ClearFilters({ onClear }: { onClear: () => void }) {
  return (
    <Button variant="subtle" color="gray" className={classes.clear} onClick={onClear}>
      Clear filters
    </Button>
  )
}
