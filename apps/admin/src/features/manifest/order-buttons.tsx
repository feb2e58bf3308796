'use client'

import { ActionIcon, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { Direction } from './edit-steps.ts'
import classes from './order-buttons.module.css'

interface OrderButtonsProps {
  /** What is moved and removed, for those who cannot see the row. */
  name: string
  index: number
  count: number
  onMove: (by: Direction) => void
  onRemove: () => void
}

export function OrderButtons({ name, index, count, onMove, onRemove }: OrderButtonsProps) {
  return (
    <Group gap={4} wrap="nowrap" className={classes.buttons}>
      <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => onMove(-1)}>
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Move ${name} down`}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
