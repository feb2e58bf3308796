'use client'

import { Button, Checkbox, Popover, Stack, Text } from '@mantine/core'
import { choosable, DEFAULT_COLUMNS, MOST_COLUMNS } from './columns.tsx'
import classes from './columns.module.css'
import { useLabels } from './use-labels.ts'

interface ColumnsMenuProps {
  columns: readonly string[]
  onChange: (columns: string[]) => void
}

/** Which columns the table has. */
export function ColumnsMenu({ columns, onChange }: ColumnsMenuProps) {
  const groups = Map.groupBy(choosable(useLabels()), ({ group }) => group)
  const isFull = columns.length >= MOST_COLUMNS
  const isDefault = columns.join() === DEFAULT_COLUMNS.join()
  return (
    <Popover position="bottom-end" width={280} withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default">Columns</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap="sm">
          <Text size="xs" c="dimmed" role="status">
            {isFull ? `${MOST_COLUMNS} columns are the most.` : `Up to ${MOST_COLUMNS} columns beside the person.`}
          </Text>
          <Checkbox.Group value={[...columns]} onChange={onChange} className={classes.choices} aria-label="Columns">
            {[...groups].map(([group, choices]) => (
              <Stack key={group} gap={8} mb="sm" role="group" aria-label={group}>
                <Text size="xs" fw={500} c="dimmed">
                  {group}
                </Text>
                {choices.map(({ id, heading }) => (
                  <Checkbox key={id} value={id} label={heading} disabled={isFull && !columns.includes(id)} />
                ))}
              </Stack>
            ))}
          </Checkbox.Group>
          {isDefault ? null : (
            <Button variant="default" size="xs" onClick={() => onChange([...DEFAULT_COLUMNS])}>
              Back to the usual columns
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
